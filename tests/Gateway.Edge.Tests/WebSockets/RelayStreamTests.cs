using OpenClaw.Gateway.Edge.WebSockets;

namespace OpenClaw.Gateway.Edge.Tests.WebSockets;

public sealed class RelayStreamTests
{
    private static readonly byte[] CloseFrame = [0x88, 3, 0x03, 0xF4, (byte)'x'];

    /// <summary>Small, empty, 16-bit and 64-bit lengths, a masked one, a ping.</summary>
    private static readonly byte[][] Frames = [Frame(0x81, 5), Frame(0x81, 0), Frame(0x82, 300), Frame(0x89, 2), [0x81, 0x83, 1, 2, 3, 4, 9, 9, 9], Frame(0x82, 70_000)];

    [Fact]
    public async Task Close_BetweenFrames_GoesOutAtOnce_AndNothingAfterIt()
    {
        using var client = new MemoryStream();
        await using var relay = new RelayStream(client);
        foreach (var frame in Frames)
            await relay.WriteAsync(frame);

        Assert.True(await relay.CloseAsync(1012, "x", default));
        await relay.WriteAsync(Frames[0]);
        Assert.True(await relay.CloseAsync(1013, "y", default));

        Assert.Equal([.. Frames.SelectMany(frame => frame), .. CloseFrame], client.ToArray());
    }

    [Fact]
    public async Task Close_InsideAFrame_WaitsForItsEnd_WhereverItIsCut()
    {
        var stream = Frames.SelectMany(frame => frame).ToArray();
        var ends = Frames.Select((_, number) => Frames.Take(number + 1).Sum(frame => frame.Length)).Prepend(0).ToArray();
        foreach (var cut in Enumerable.Range(0, 400).Append(stream.Length - 1))
        {
            using var client = new MemoryStream();
            await using var relay = new RelayStream(client);
            await relay.WriteAsync(stream.AsMemory(0, cut));

            var atOnce = await relay.CloseAsync(1012, "x", default);
            await relay.WriteAsync(stream.AsMemory(cut));

            var end = ends.First(position => position >= cut);
            Assert.Equal(end == cut, atOnce);
            Assert.Equal([.. stream[..end], .. CloseFrame], client.ToArray());
        }
    }

    [Fact]
    public async Task Close_AfterTheServiceClosed_AddsNothing()
    {
        byte[] theirs = [0x88, 2, 0x03, 0xE8];
        using var client = new MemoryStream();
        await using var relay = new RelayStream(client);
        await relay.WriteAsync(theirs);

        Assert.True(await relay.CloseAsync(1012, "x", default));
        Assert.Equal(theirs, client.ToArray());
    }

    private static byte[] Frame(byte first, int length)
    {
        byte[] header = length switch
        {
            < 126 => [first, (byte)length],
            < 65536 => [first, 126, (byte)(length >> 8), (byte)length],
            _ => [first, 127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        };
        // Payload that looks like close frames, to be skipped.
        return [.. header, .. Enumerable.Repeat((byte)0x88, length)];
    }
}
