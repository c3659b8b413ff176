using System.Buffers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Methods.Chat;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Benchmarks.Codec;

/// <summary>What one frame costs in each direction.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private static readonly byte[] Health = """{"type":"req","id":"c-17","method":"health"}"""u8.ToArray();

    private static readonly byte[] Params =
        """{"sessionKey":"agent:main:main","message":"Wie wird das Wetter morgen in Zürich? 🌤","idempotencyKey":"5f1c1f7e-6a6f-4b0f-9a55-0f4a7d6f3c11","timeoutMs":30000}"""u8.ToArray();

    private static readonly byte[] WrongParams = """{"message":5,"extra":true,"timeoutMs":-1}"""u8.ToArray();

    private static readonly byte[] ChatSend = [.. """{"type":"req","id":"c-18","method":"chat.send","params":"""u8, .. Params, (byte)'}'];

    private static readonly byte[] Largest = Encoding.UTF8.GetBytes(
        """{"type":"req","id":"c-19","method":"chat.send","params":{"message":""" + "\"" + new string('x', ProtocolLimits.MaxPayloadBytes - 100) + "\"}}");

    private static readonly byte[] Payload = """{"runId":"5f1c1f7e-6a6f-4b0f-9a55-0f4a7d6f3c11","status":"started"}"""u8.ToArray();

    private static readonly byte[] Delta = Encoding.UTF8.GetBytes(
        """{"runId":"5f1c1f7e","sessionKey":"agent:main:main","seq":7,"state":"delta","message":{"role":"assistant","content":[{"type":"text","text":""" + "\"" + new string('x', 800) + "\"}]}}");

    private static readonly byte[] Id = "\"c-18\""u8.ToArray();

    private static readonly ErrorShape Refusal = ErrorShape.InvalidRequest("invalid chat.send params: must have required property 'sessionKey'");

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly SchemaNode _schema = ProtocolJson.SchemaOf<ChatSendParams>();

    [Benchmark]
    public FrameReadStatus ReadHealthRequest() => RequestFrameReader.Read(Health, out _);

    [Benchmark]
    public FrameReadStatus ReadChatSendRequest() => RequestFrameReader.Read(ChatSend, out _);

    [Benchmark]
    public FrameReadStatus ReadLargestRequest() => RequestFrameReader.Read(Largest, out _);

    [Benchmark]
    public string? ParseAndValidateChatSendParams()
    {
        using var document = JsonDocument.Parse(Params);
        return SchemaValidator.Validate(_schema, document.RootElement);
    }

    [Benchmark]
    public string? ParseAndRefuseWrongParams()
    {
        using var document = JsonDocument.Parse(WrongParams);
        return SchemaValidator.Validate(_schema, document.RootElement);
    }

    [Benchmark]
    public ChatSendParams? DeserializeChatSendParams() => JsonSerializer.Deserialize(Params, ProtocolJson.Context.ChatSendParams);

    [Benchmark]
    public int WriteResponse()
    {
        _output.ResetWrittenCount();
        FrameWriter.WriteOk(_output, Id, Payload);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int WriteErrorResponse()
    {
        _output.ResetWrittenCount();
        FrameWriter.WriteError(_output, Id, Refusal);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int WriteChatEvent()
    {
        _output.ResetWrittenCount();
        FrameWriter.WriteEvent(_output, "chat"u8, Delta, seq: 123_456);
        return _output.WrittenCount;
    }
}
