using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Logs;

public sealed class LogQueueTests
{
    private static readonly LogEntry Line = new(DateTimeOffset.UnixEpoch, LogLevel.Information, "gateway", "x", null);

    [Fact]
    public void Add_WriterIsStuck_DropsAndCountsInsteadOfWaiting()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        long told = 0;
        var written = 0;
        using (var queue = new LogQueue("test", (batch, dropped) =>
        {
            entered.Set();
            Assert.True(release.Wait(TestTimeouts.Wait));
            written += batch.Count;
            told += dropped;
        }))
        {
            queue.Add(Line);
            Assert.True(entered.Wait(TestTimeouts.Wait));
            for (var i = 0; i < LogQueue.Capacity + 10; i++)
                queue.Add(Line);
            Assert.Equal(10, queue.Dropped);
            release.Set();
        }
        Assert.Equal(LogQueue.Capacity + 1, written);
        Assert.Equal(10, told);
    }

    [Fact]
    public void Write_Fails_LaterLinesStillArrive()
    {
        using var failed = new ManualResetEventSlim();
        var fail = true;
        var written = 0;
        LogQueue queue;
        using (queue = new LogQueue("test", (batch, _) =>
        {
            if (fail)
            {
                fail = false;
                failed.Set();
                throw new IOException("disk full");
            }
            written += batch.Count;
        }))
        {
            queue.Add(Line);
            Assert.True(failed.Wait(TestTimeouts.Wait));
            queue.Add(Line);
        }
        Assert.Equal(1, written);
        Assert.Equal(1, queue.Dropped);
    }

    [Fact]
    public void Add_AfterTheStop_IsOnlyCounted()
    {
        var queue = new LogQueue("test", (_, _) => { });
        queue.Dispose();
        queue.Dispose();
        queue.Add(Line);
        Assert.Equal(1, queue.Dropped);
    }
}
