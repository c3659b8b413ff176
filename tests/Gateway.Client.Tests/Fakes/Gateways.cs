using System.Text;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Fakes;

internal static class Gateways
{
    public static GatewayConnectionOptions Options(this FakeGateway gateway, TimeProvider? time = null) =>
        new() { Url = gateway.Url, Token = "tok", Time = time ?? TimeProvider.System, ConnectTimeout = TestTimeouts.Wait };

    public static async Task<GatewayConnection> OpenAsync(this FakeGateway gateway, TimeProvider? time = null) =>
        await GatewayConnection.OpenAsync(gateway.Options(time)).WithTimeout();

    public static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(this ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    /// <summary>Disposes while the clock moves: the farewell to a gateway that hangs is bounded by time.</summary>
    public static async Task DisposeWhileTimePasses(this GatewayConnection connection, ManualTimeProvider time)
    {
        await DisposeAsync().WhileTimePasses(time, TimeSpan.FromSeconds(1));

        async Task<bool> DisposeAsync()
        {
            await connection.DisposeAsync();
            return true;
        }
    }

    /// <summary>Moves the clock in steps until <paramref name="task"/> ends: what it waits for may be armed only after a step.</summary>
    public static async Task<T> WhileTimePasses<T>(this Task<T> task, ManualTimeProvider time, TimeSpan step)
    {
        await TestTimeouts.Until(
            () =>
            {
                if (!task.IsCompleted)
                    time.Advance(step);
                return task.IsCompleted;
            },
            "the task to end while time passes");
        return await task;
    }
}
