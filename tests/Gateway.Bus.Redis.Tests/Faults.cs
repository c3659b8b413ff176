using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>What the tests of faults share.</summary>
internal static class Faults
{
    /// <summary>How soon health has to know.</summary>
    public static readonly TimeSpan HealthBound = TimeSpan.FromSeconds(2);

    public static async Task UntilConnectedAsync(this IBus bus) =>
        await TestTimeouts.Until(() => bus.Health.Connection?.State == BusConnectionState.Connected, "a connection");

    /// <summary>Waits until health says that the bus is away; returns how long it took.</summary>
    public static async Task<TimeSpan> UntilDisconnectedAsync(this IBus bus)
    {
        var started = Stopwatch.GetTimestamp();
        await TestTimeouts.Until(() => bus.Health.Connection?.State == BusConnectionState.Disconnected, "the loss of the connection");
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Sends a command past the bus, on a connection of its own; returns a number, or the text of the first line of the answer.</summary>
    public static async Task<string> CommandAsync(this RedisServer server, params string[] words)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port).WithTimeout();
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join(' ', words) + "\r\n")).AsTask().WithTimeout();
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync().WithTimeout() ?? "";
        Assert.False(line.StartsWith('-'), line);
        return line.StartsWith('$') ? await reader.ReadLineAsync().WithTimeout() ?? "" : line[1..];
    }

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(this QueueDelivery delivery) => Encoding.UTF8.GetString(delivery.Payload.Span);

    public static Task UntilEmptyAsync(this IBus bus, string queue) => TestTimeouts.Until(
        async () =>
        {
            try
            {
                return await bus.Queues.GetStatisticsAsync(queue) is { Waiting: 0, InFlight: 0 };
            }
            catch (BusUnavailableException)
            {
                return false; // Not yet back.
            }
        },
        $"queue {queue} to become empty");
}
