using System.Text.Json;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Logs;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Tests.Json;

public sealed class IntegerConverterTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0", 0L)]
    [InlineData("3.0", 3L)]
    [InlineData("1e3", 1000L)]
    [InlineData("0.3e1", 3L)]
    [InlineData("9007199254740993", 9007199254740993L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", long.MaxValue)]
    [InlineData("1e300", long.MaxValue)]
    [InlineData("-1e300", long.MinValue)]
    public void Read_NumberWithoutFraction_IsTaken(string json, long expected) => Assert.Equal(expected, Cursor(json));

    [Theory]
    [InlineData("0.5")]
    [InlineData("1e-3")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"3\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Read_AnythingElse_Throws(string json) => Assert.Throws<JsonException>(() => Cursor(json));

    [Fact]
    public void Read_Null_IsAbsence() => Assert.Null(Cursor("null"));

    [Theory]
    [InlineData("3.0")]
    [InlineData("1e3")]
    [InlineData("0.5")]
    [InlineData("1e400")]
    [InlineData("1e300")]
    [InlineData("\"3\"")]
    public void Read_Number_TakesWhatTheSchemaTakes(string json)
    {
        var valid = SchemaValidator.IsValid(ProtocolJson.SchemaOf<LogsTailParams>(), JsonElement.Parse($$"""{"cursor":{{json}}}"""));

        Assert.Equal(valid, Record.Exception(() => Cursor(json)) is null);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    public void Write_Number_ReadsBack(long value)
    {
        var json = JsonSerializer.Serialize(new LogsTailParams { Cursor = value }, ProtocolJson.Context.LogsTailParams);

        Assert.Equal($$"""{"cursor":{{value}}}""", json);
        Assert.Equal(value, JsonSerializer.Deserialize(json, ProtocolJson.Context.LogsTailParams)!.Cursor);
    }

    private static long? Cursor(string json) =>
        JsonSerializer.Deserialize($$"""{"cursor":{{json}}}""", ProtocolJson.Context.LogsTailParams)!.Cursor;
}
