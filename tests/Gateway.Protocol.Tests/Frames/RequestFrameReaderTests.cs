using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Protocol.Tests.Frames;

public sealed class RequestFrameReaderTests
{
    [Theory]
    [InlineData("""{"type":"req","id":"1","method":"health"}""", "\"1\"", "health", "")]
    [InlineData(""" { "params" : [ 1 , 2 ] , "method":"m","id":"1","type":"req" } """, "\"1\"", "m", "[ 1 , 2 ]")]
    [InlineData("""{"type":"req","id":"a\"b","method":"m","params":null}""", "\"a\\\"b\"", "m", "null")]
    [InlineData("""{"type":"\u0072eq","id":"1","method":"\u0068ealth"}""", "\"1\"", "health", "")]
    [InlineData("""{"type":"x","type":"req","id":1,"id":"2","method":"","method":"m","params":1,"params":{}}""", "\"2\"", "m", "{}")]
    [InlineData("""{"type":"req","id":"1","method":"m","traceparent":"00-a-b-01","expectedProfileId":"p"}""", "\"1\"", "m", "")]
    public void Read_Request_GivesItsParts(string message, string id, string method, string parameters)
    {
        Assert.Equal(FrameReadStatus.Request, RequestFrameReader.Read(Encoding.UTF8.GetBytes(message), out var request));

        Assert.Equal(id, Encoding.UTF8.GetString(request.IdJson.Span));
        Assert.Equal(method, Encoding.UTF8.GetString(request.MethodUtf8.Span));
        Assert.Equal(parameters, Encoding.UTF8.GetString(request.ParamsJson.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{not json")]
    [InlineData("""{"type":"req","id":"1","method":"m"}x""")]
    [InlineData("""{"type":"req","id":"1","method":"m"}{}""")]
    [InlineData("""{"type":"req","id":"1","method":"m",}""")]
    [InlineData("\uFEFF{}")]
    [InlineData("""{"type":"req","id":"1","method":"m" /* c */}""")]
    public void Read_TextThatIsNotJson_IsNotJson(string message) =>
        Assert.Equal(FrameReadStatus.NotJson, RequestFrameReader.Read(Encoding.UTF8.GetBytes(message), out _));

    [Theory]
    [InlineData("null", "\"invalid\"", "must be object")]
    [InlineData("[1]", "\"invalid\"", "must be object")]
    [InlineData("{}", "\"invalid\"", "must have required property 'type'; must have required property 'id'; must have required property 'method'")]
    [InlineData("""{"type":"req","id":7,"method":"m"}""", "7", "at /id: must be string")]
    [InlineData("""{"type":"req","id":"","method":"m"}""", "\"\"", "at /id: must NOT have fewer than 1 characters")]
    [InlineData("""{"type":"req","id":null,"method":"m"}""", "\"invalid\"", "at /id: must be string")]
    [InlineData("""{"type":"req","id":{"a":1},"method":"m"}""", "{\"a\":1}", "at /id: must be string")]
    [InlineData("""{"type":"event","id":"1","method":"m","jsonrpc":"2.0"}""", "\"1\"", "at root: unexpected property 'jsonrpc'; at /type: must be equal to constant")]
    [InlineData("""{"type":"req","id":"1","method":"m","expectedProfileId":1}""", "\"1\"", "at /expectedProfileId: must be string")]
    public void Diagnosis_InvalidFrame_IsWordedAndKeepsTheId(string message, string id, string errors)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        Assert.Equal(FrameReadStatus.Invalid, RequestFrameReader.Read(bytes, out _));

        var diagnosis = RequestFrameDiagnosis.Of(bytes);

        Assert.Equal(id, Encoding.UTF8.GetString(diagnosis.IdJson.Span));
        Assert.Equal(errors, diagnosis.Errors);
    }

    [Theory]
    [InlineData(128, FrameReadStatus.Request)]
    [InlineData(129, FrameReadStatus.Invalid)]
    public void Read_Traceparent_CountsCodePoints(int length, FrameReadStatus expected)
    {
        var message = $$"""{"type":"req","id":"1","method":"m","traceparent":"{{string.Concat(Enumerable.Repeat("🦞", length))}}"}""";

        Assert.Equal(expected, RequestFrameReader.Read(Encoding.UTF8.GetBytes(message), out _));
    }

    [Theory]
    [InlineData(ProtocolLimits.MaxDepth - 1, FrameReadStatus.Request)]
    [InlineData(ProtocolLimits.MaxDepth, FrameReadStatus.Invalid)]
    [InlineData(200_000, FrameReadStatus.Invalid)]
    public void Read_NestedParams_AreBounded(int depth, FrameReadStatus expected)
    {
        var message = "{\"type\":\"req\",\"id\":\"1\",\"method\":\"m\",\"params\":" + new string('[', depth) + new string(']', depth) + "}";

        Assert.Equal(expected, RequestFrameReader.Read(Encoding.UTF8.GetBytes(message), out _));
    }

    [Theory]
    [InlineData("""{"type":"req","id":"a","method":"health","params":DEEP}""", "\"a\"", "at root: must NOT have more than 512 levels")]
    [InlineData("""{"params":{"a":DEEP},"id":"1","id":"2","type":"req","method":"health"}""", "\"2\"", "at root: must NOT have more than 512 levels")]
    [InlineData("""{"type":"req","id":7,"method":"health","x":DEEP}""", "7", "at root: must NOT have more than 512 levels")]
    [InlineData("""{"type":"req","id":DEEP,"method":"health"}""", "\"invalid\"", "at root: must NOT have more than 512 levels")]
    [InlineData("""{"type":"req","method":"health","params":DEEP}""", "\"invalid\"", "at root: must NOT have more than 512 levels")]
    [InlineData("""[DEEP]""", "\"invalid\"", "must be object")]
    public void Diagnosis_FrameThatIsTooDeep_IsWordedAndKeepsTheId(string message, string id, string errors)
    {
        const int Depth = 5000;
        var bytes = Encoding.UTF8.GetBytes(message.Replace("DEEP", string.Concat(Enumerable.Repeat("{\"a\":", Depth)) + "1" + new string('}', Depth), StringComparison.Ordinal));
        Assert.Equal(FrameReadStatus.Invalid, RequestFrameReader.Read(bytes, out _));

        var diagnosis = RequestFrameDiagnosis.Of(bytes);

        Assert.Equal(id, Encoding.UTF8.GetString(diagnosis.IdJson.Span));
        Assert.Equal(errors, diagnosis.Errors);
    }

    [Theory]
    [InlineData("""{"type":"req","id":"a","method":"health","params":DEEP""")]
    [InlineData("""{"type":"req","id":"a","method":"health","params":DEEP}]""")]
    [InlineData("""{"type":"req","id":"a","method":"health","params":DEEP,}""")]
    public void Read_DeepTextThatIsNotJson_IsNotJson(string message)
    {
        var deep = message.Replace("DEEP", new string('[', 5000) + new string(']', 5000), StringComparison.Ordinal);

        Assert.Equal(FrameReadStatus.NotJson, RequestFrameReader.Read(Encoding.UTF8.GetBytes(deep), out _));
    }

    [Fact]
    public void Diagnosis_DeepestMessage_CostsMemoryLikeItsSize()
    {
        const int Depth = (ProtocolLimits.MaxPayloadBytes - 100) / 2;
        var message = Encoding.UTF8.GetBytes("""{"type":"req","id":"a","method":"m","params":""" + new string('[', Depth) + new string(']', Depth) + "}");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(FrameReadStatus.Invalid, RequestFrameReader.Read(message, out _));
        RequestFrameDiagnosis.Of(message);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * ProtocolLimits.MaxPayloadBytes);
    }

    [Fact]
    public void Read_UnpairedSurrogate_CanBeDecodedAfterwards()
    {
        var message = """{"type":"req","id":"1","method":"m","params":{"text":"cut \ud83d"}}"""u8.ToArray();

        Assert.Equal(FrameReadStatus.Request, RequestFrameReader.Read(message, out var request));

        Assert.Equal("cut \uFFFD", JsonElement.Parse(request.ParamsJson.Span).GetProperty("text").GetString());
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_CountAsReplacementCharacters()
    {
        byte[] message = [.. """{"type":"req","id":"1","method":"m","params":"""u8, (byte)'"', 0xFF, 0xC0, 0x80, (byte)'"', (byte)'}'];

        Assert.Equal(FrameReadStatus.Request, RequestFrameReader.Read(message, out var request));

        Assert.Equal("\uFFFD\uFFFD\uFFFD", JsonElement.Parse(request.ParamsJson.Span).GetString());
    }
}
