using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Gateway.Protocol.Methods.Status;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Schema;

/// <summary>Inputs of the largest size a client can send, built to cost the validator as much as they can.</summary>
public sealed class SchemaValidatorHostileTests
{
    [Theory]
    [InlineData("tiny properties")]
    [InlineData("tiny numeric properties")]
    [InlineData("one name again and again")]
    [InlineData("wrong values overridden from afar")]
    [InlineData("wrong map values")]
    [InlineData("wrong items")]
    [InlineData("empty items")]
    [InlineData("a long text")]
    [InlineData("a long number")]
    [InlineData("escapes only")]
    [InlineData("long names")]
    [InlineData("depth")]
    public async Task Validate_LargestMessage_TakesLinearTimeAndMemory(string shape)
    {
        // Work that is quadratic in the input takes minutes, linear work milliseconds.
        await Task.Run(() => ValidateByEveryMethod(shape)).WithTimeout();
    }

    private static void ValidateByEveryMethod(string shape)
    {
        var json = Largest(shape);
        Assert.InRange(json.Length, ProtocolLimits.MaxPayloadBytes - 4096, ProtocolLimits.MaxPayloadBytes);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ProtocolLimits.MaxDepth });
        foreach (var method in GatewayMethods.All)
        {
            var schema = ProtocolJson.SchemaOf(method.ParamsType);
            var allocated = GC.GetAllocatedBytesForCurrentThread();

            var errors = SchemaValidator.Validate(schema, document.RootElement);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64L * json.Length);
            Assert.InRange(errors?.Length ?? 0, 0, 2 * json.Length);
            Assert.Equal(errors is null, SchemaValidator.IsValid(schema, document.RootElement));
        }
    }

    [Fact]
    public void Validate_ValidLists_AllocateNothingPerItem()
    {
        var keys = JsonElement.Parse("{\"keys\":[" + string.Join(',', Enumerable.Repeat("\"k\"", 100_000)) + "]}");
        var schema = ProtocolJson.SchemaOf<SessionsPreviewParams>();
        SchemaValidator.Validate(schema, keys);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(SchemaValidator.Validate(schema, keys));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 4096);
    }

    [Fact]
    public void Validate_ManyViolations_TellsTheFirst64()
    {
        var value = JsonElement.Parse("{" + string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"p{i}\":1")) + "}");

        var errors = SchemaValidator.Validate(ProtocolJson.SchemaOf<EmptyParams>(), value)!.Split("; ");

        Assert.Equal(64, errors.Length);
        Assert.Equal("at root: unexpected property 'p63'", errors[^1]);
    }

    [Theory]
    [InlineData("""
        {"sessionKey":"\ud800","message":"x","idempotencyKey":"i"}
        """)]
    [InlineData("""
        {"\udc00":1}
        """)]
    [InlineData("""
        {"message":"x","\ud83d":1,"idempotencyKey":"i"}
        """)]
    [InlineData("""
        {"startDate":"\ud83d"}
        """)]
    [InlineData("""
        {"permissions":{"\ud83d":1}}
        """)]
    public void Validate_UnpairedSurrogates_NeverThrow(string json)
    {
        var value = JsonElement.Parse(json);
        foreach (var method in GatewayMethods.All)
        {
            var schema = ProtocolJson.SchemaOf(method.ParamsType);
            Assert.Equal(SchemaValidator.Validate(schema, value) is null, SchemaValidator.IsValid(schema, value));
        }
    }

    [Fact]
    public void Validate_BytesThatAreNotUtf8_NeverThrow()
    {
        using var document = JsonDocument.Parse("{\"startDate\":\"\xFF\",\"\xFE\":1}"u8.ToArray().Select(b => b == 0xC3 ? (byte)0xFF : b).ToArray());
        foreach (var method in GatewayMethods.All)
            SchemaValidator.Validate(ProtocolJson.SchemaOf(method.ParamsType), document.RootElement);
    }

    private static byte[] Largest(string shape) => shape switch
    {
        "tiny properties" => Repeat("{", i => $"\"{Letters(i)}\":0", "}"),
        "tiny numeric properties" => Repeat("{", i => $"\"{i}\":0", "}"),
        "one name again and again" => Repeat("{", _ => "\"a\":0", "}"),
        "wrong values overridden from afar" => Overridden(),
        "wrong map values" => Repeat("{\"minProtocol\":3,\"maxProtocol\":3,\"permissions\":{", i => $"\"{Letters(i)}\":0", "}}"),
        "wrong items" => Repeat("{\"keys\":[", _ => "0", "]}"),
        "empty items" => Repeat("{\"keys\":[", _ => "\"\"", "]}"),
        "a long text" => Repeat("{\"message\":\"", _ => "🦞", "\"}", separator: ""),
        "a long number" => Repeat("{\"limit\":1", _ => "0", "}", separator: ""),
        "escapes only" => Repeat("{\"label\":\"", _ => "\\ud83e\\udd9e", "\"}", separator: ""),
        "long names" => Repeat("{", i => $"\"{new string('x', 8000)}{i}\":0", "}"),
        "depth" => Repeat("{\"attachments\":[", _ => new string('[', 500) + new string(']', 500), "]}"),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
    };

    // Every wrong value is put right later, behind so many others that looking for it from the end costs the most.
    private static byte[] Overridden()
    {
        var text = new StringBuilder("{\"minProtocol\":3,\"maxProtocol\":3,\"permissions\":{");
        while (text.Length < 3 * (ProtocolLimits.MaxPayloadBytes / 5))
            text.Append("\"a\":0,");
        text.Append("\"a\":true");
        for (var i = 0; text.Length < ProtocolLimits.MaxPayloadBytes - 32; i++)
            text.Append($",\"{Letters(i)}z\":true");
        return Encoding.UTF8.GetBytes(text.Append("}}").ToString());
    }

    private static byte[] Repeat(string start, Func<int, string> item, string end, string separator = ",")
    {
        var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes(start));
        for (var i = 0; ; i++)
        {
            var next = Encoding.UTF8.GetBytes((i == 0 ? "" : separator) + item(i));
            if (bytes.Length + next.Length + end.Length > ProtocolLimits.MaxPayloadBytes || (item(i).Length > 1000 && bytes.Length > ProtocolLimits.MaxPayloadBytes - 4096))
                break;
            bytes.Write(next);
        }
        while (bytes.Length + end.Length < ProtocolLimits.MaxPayloadBytes - 4096)
            bytes.WriteByte((byte)' ');
        bytes.Write(Encoding.UTF8.GetBytes(end));
        return bytes.ToArray();
    }

    private static string Letters(int number)
    {
        var text = "";
        for (var rest = number; ; rest = (rest / 26) - 1)
        {
            text += (char)('a' + (rest % 26));
            if (rest < 26)
                return text;
        }
    }
}
