using System.Buffers;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Frames;

public sealed class FrameWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void WriteOk_Payload_ReadsBackAsResponse()
    {
        FrameWriter.WriteOk(_output, "\"a\\\"b\""u8, """{"x":[1,null]}"""u8);

        var frame = Read<ResponseFrame>();
        Assert.Equal(("res", "a\"b", true), (frame.Type, frame.Id, frame.Ok));
        Assert.Equal("""{"x":[1,null]}""", frame.Payload!.Value.GetRawText());
        Assert.Null(frame.Error);
    }

    [Fact]
    public void WriteOk_NoPayload_LeavesItOut()
    {
        FrameWriter.WriteOk(_output, "\"1\""u8, default);

        Assert.Equal("""{"type":"res","id":"1","ok":true}"""u8, _output.WrittenSpan);
    }

    [Fact]
    public void WriteOk_NullPayload_IsWritten()
    {
        FrameWriter.WriteOk(_output, "\"1\""u8, "null"u8);

        Assert.Equal("""{"type":"res","id":"1","ok":true,"payload":null}"""u8, _output.WrittenSpan);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("quote \" backslash \\ slash / newline \n tab \t nul \0")]
    [InlineData("Grüße 🦞 \u2028 <script>&'+")]
    public void WriteError_AnyMessage_ReadsBack(string message)
    {
        var error = ErrorShape.Unavailable(message, JsonElement.Parse("""{"requestId":"r"}""")) with { Retryable = true, RetryAfterMs = 500 };

        FrameWriter.WriteError(_output, "\"1\""u8, error, """{"runId":"x"}"""u8);

        var frame = Read<ResponseFrame>();
        Assert.False(frame.Ok);
        Assert.Equal((error.Code, message, true, 500L), (frame.Error!.Code, frame.Error.Message, frame.Error.Retryable, frame.Error.RetryAfterMs));
        Assert.Equal("r", frame.Error.Details!.Value.GetProperty("requestId").GetString());
        Assert.Equal("x", frame.Payload!.Value.GetProperty("runId").GetString());
    }

    [Fact]
    public void WriteError_UnpairedSurrogateInMessage_StaysUtf8()
    {
        FrameWriter.WriteError(_output, "\"1\""u8, ErrorShape.InvalidRequest("cut \ud83d"));

        Assert.Equal("cut \uFFFD", Read<ResponseFrame>().Error!.Message);
    }

    [Fact]
    public void WriteError_NothingOptional_IsTheSmallestAnswer()
    {
        FrameWriter.WriteError(_output, "7"u8, ErrorShape.InvalidRequest("no"));

        Assert.Equal("""{"type":"res","id":7,"ok":false,"error":{"code":"INVALID_REQUEST","message":"no"}}"""u8, _output.WrittenSpan);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(1L, null, null)]
    [InlineData(long.MaxValue, 2L, 3L)]
    [InlineData(null, 0L, 0L)]
    public void WriteEvent_AnyNumbers_ReadBack(long? seq, long? presence, long? health)
    {
        FrameWriter.WriteEvent(_output, "presence"u8, """{"presence":[]}"""u8, seq, presence, health);

        var frame = Read<EventFrame>();
        Assert.Equal(("event", "presence", seq), (frame.Type, frame.Event, frame.Seq));
        Assert.Equal((presence, health), (frame.StateVersion?.Presence, frame.StateVersion?.Health));
    }

    [Fact]
    public void WriteEvent_NothingOptional_IsTheSmallestEvent()
    {
        FrameWriter.WriteEvent(_output, "tick"u8, default);

        Assert.Equal("""{"type":"event","event":"tick"}"""u8, _output.WrittenSpan);
    }

    [Fact]
    public void EventNames_All_NeedNoEscaping() =>
        Assert.All(GatewayEvents.All, @event => Assert.Equal(@event.Name, JsonEncodedText.Encode(@event.Name).ToString()));

    // What the peer recorded as sent, written by us, is the same value again: no field is missing, none is added.
    [Theory]
    [InlineData("presence")]
    [InlineData("mock-chat-send")]
    [InlineData("validation-text-extra")]
    public void Write_RecordedFrames_ReproducesThem(string session)
    {
        var written = 0;
        foreach (var frame in Transcript.Load(session).Lines.Where(line => line is { Direction: "s2c", Frame: not null }).Select(line => line.Frame!.Value))
        {
            var output = new ArrayBufferWriter<byte>();
            Write(output, frame);
            Assert.True(JsonElement.DeepEquals(frame, JsonElement.Parse(output.WrittenSpan)), frame.GetRawText());
            written++;
        }
        Assert.NotEqual(0, written);
    }

    private static void Write(IBufferWriter<byte> output, JsonElement frame)
    {
        var payload = frame.TryGetProperty("payload", out var value) ? JsonSerializer.SerializeToUtf8Bytes(value) : [];
        if (frame.GetProperty("type").GetString() is "event")
        {
            var versions = frame.TryGetProperty("stateVersion", out var pair) ? pair : default(JsonElement?);
            FrameWriter.WriteEvent(
                output,
                JsonSerializer.SerializeToUtf8Bytes(frame.GetProperty("event"))[1..^1],
                payload,
                frame.TryGetProperty("seq", out var seq) ? seq.GetInt64() : null,
                versions?.GetProperty("presence").GetInt64(),
                versions?.GetProperty("health").GetInt64());
            return;
        }
        var id = JsonSerializer.SerializeToUtf8Bytes(frame.GetProperty("id"));
        if (frame.GetProperty("ok").GetBoolean())
            FrameWriter.WriteOk(output, id, payload);
        else
            FrameWriter.WriteError(output, id, frame.GetProperty("error").Deserialize(ProtocolJson.Context.ErrorShape)!, payload);
    }

    private T Read<T>()
    {
        var schema = ProtocolJson.SchemaOf<T>();
        Assert.True(((ObjectNode)schema).Closed, "Clients drop frames with further fields.");
        Assert.Null(SchemaValidator.Validate(schema, JsonElement.Parse(_output.WrittenSpan)));
        return (T)JsonSerializer.Deserialize(_output.WrittenSpan, typeof(T), ProtocolJson.Context)!;
    }
}
