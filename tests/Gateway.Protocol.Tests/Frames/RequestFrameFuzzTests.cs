using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Frames;

public sealed class RequestFrameFuzzTests
{
    /// <summary>What a refused message may cost beyond its size: the exception that the JSON reader throws.</summary>
    private const int FixedAllocation = 16 * 1024;

    /// <summary>What a message may cost per byte: a repaired copy by way of a string, and the unescaped method name.</summary>
    private const int AllocationPerByte = 16;

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(2, 10_000)]
    [InlineData(3, 10_000)]
    [InlineData(4, 10_000)]
    [InlineData(5, 10_000)]
    [InlineData(6, 10_000)]
    [InlineData(7, 10_000)]
    [InlineData(8, 10_000)]
    [InlineData(9, 10_000)]
    [InlineData(10, 10_000)]
    [InlineData(11, 10_000)]
    [InlineData(12, 10_000)]
    public async Task Read_MutatedFrames_AgreesWithTheOracle(int seed, int count)
    {
        await Task.Run(() =>
        {
            var inputs = new FrameMutations(seed);
            var seen = new Dictionary<FrameReadStatus, int>();
            for (var i = 0; i < count; i++)
            {
                var status = Check(inputs.Next(), $"seed {seed}, input {i}");
                seen[status] = seen.GetValueOrDefault(status) + 1;
            }
            // Fuzzing that only ever sees one answer tests nothing.
            Assert.All(Enum.GetValues<FrameReadStatus>(), status => Assert.True(seen.GetValueOrDefault(status) > count / 20, $"{status}: {seen.GetValueOrDefault(status)}"));
        }).WithTimeout();
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    public async Task Read_LargestMessages_AgreesWithTheOracle(int seed)
    {
        await Task.Run(() =>
        {
            var inputs = new FrameMutations(seed);
            for (var i = 0; i < 10; i++)
                Check(inputs.Large(ProtocolLimits.MaxPayloadBytes), $"seed {seed}, large input {i}");
        }).WithTimeout();
    }

    [Fact]
    public void Read_OrdinaryRequest_AllocatesNothing()
    {
        var message = """{"type":"req","id":"c-1","method":"chat.send","params":{"sessionKey":"main","message":"Grüße 🦞","idempotencyKey":"k"},"traceparent":"00-aa-bb-01"}"""u8.ToArray();
        RequestFrameReader.Read(message, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var status = RequestFrameReader.Read(message, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(FrameReadStatus.Request, status);
    }

    private static FrameReadStatus Check(byte[] message, string input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var status = RequestFrameReader.Read(message, out var request);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var shown = message.Length < 4000 ? Encoding.UTF8.GetString(message) : $"{message.Length} bytes";
        Assert.True(allocated <= FixedAllocation + ((long)AllocationPerByte * message.Length), $"{input} cost {allocated} bytes: {shown}");
        var expected = RequestFrameOracle.Of(message);
        Assert.True(expected.Status == status, $"{input} is {expected.Status}, was read as {status}: {shown}");
        if (status is FrameReadStatus.Request)
        {
            Assert.Equal(expected.Id, JsonSerializer.Deserialize<string>(request.IdJson.Span));
            Assert.Equal(expected.Method, Encoding.UTF8.GetString(request.MethodUtf8.Span));
            Assert.Equal(expected.ParamsJson, Encoding.UTF8.GetString(request.ParamsJson.Span));
        }
        if (status is FrameReadStatus.Invalid)
            CheckAnswer(RequestFrameDiagnosis.Of(message), shown);
        return status;
    }

    // Whatever came as id is echoed, so the answer must be JSON in any case.
    private static void CheckAnswer(RequestFrameDiagnosis diagnosis, string shown)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.WriteError(output, diagnosis.IdJson.Span, ErrorShape.InvalidRequest("invalid request frame: " + diagnosis.Errors));
        using var answer = JsonDocument.Parse(output.WrittenMemory, new JsonDocumentOptions { MaxDepth = ProtocolLimits.MaxDepth + 1 });
        Assert.True(answer.RootElement.GetProperty("error").GetProperty("message").GetString()!.Length > "invalid request frame: ".Length, shown);
    }
}
