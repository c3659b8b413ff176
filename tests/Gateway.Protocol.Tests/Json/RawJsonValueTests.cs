using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Protocol.Tests.Json;

public sealed class RawJsonValueTests
{
    [Theory]
    [InlineData("""{"a":"cut \ud83d","b":1.50,"c":[null,true]}""")]
    [InlineData("1e400")]
    [InlineData("null")]
    public void Value_GoesInAndOutByteForByte(string json)
    {
        var text = $$"""{"ok":true,"key":"agent:main:x","entry":{{json}}}""";

        var result = JsonSerializer.Deserialize(text, ProtocolJson.Context.SessionResetResult)!;

        Assert.Equal(json, Encoding.UTF8.GetString(result.Entry.Utf8.Span));
        Assert.Equal(text, JsonSerializer.Serialize(result, ProtocolJson.Context.SessionResetResult));
    }

    [Fact]
    public void Value_OfNothing_IsNull()
    {
        Assert.EndsWith("\"entry\":null}", JsonSerializer.Serialize(new SessionResetResult { Key = "k", Entry = default }, ProtocolJson.Context.SessionResetResult), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, default(RawJsonValue).ToElement().ValueKind);
    }
}
