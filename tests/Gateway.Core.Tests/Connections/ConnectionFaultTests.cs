using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Tests.Replay;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Gateway.Protocol.Devices;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Tests.Connections;

/// <summary>A bug in what serves a connection.</summary>
public sealed class ConnectionFaultTests
{
    [Fact]
    public async Task WhileServing_ClosesThatConnection1011_AndLogsItsId()
    {
        using var log = new ErrorLog();
        await using var host = await GatewayTestHost.StartAsync(services: services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.RemoveAll<GatewayMethod>();
            services.AddSingleton<GatewayMethod, FaultyMethod>();
        });
        await using var client = await host.ConnectRawAsync();
        var hello = await client.HelloAsync();
        await using var bystander = await host.ConnectRawAsync();
        await bystander.HelloAsync();

        await client.SendAsync("""{"type":"req","id":"1","method":"last-heartbeat"}""");

        var (code, reason, _) = await client.ReadToCloseAsync();
        Assert.Equal((CloseCodes.InternalError, "internal error"), (code, reason));
        var error = Assert.Single(log.Errors);
        Assert.Contains((string)hello["payload"]!["server"]!["connId"]!, error, StringComparison.Ordinal);
        Assert.Contains(FaultyMethod.Message, error, StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayTestHost.Token, error, StringComparison.Ordinal);
        Assert.NotNull((await bystander.RequestAsync("no.such"))["error"]);
    }

    [Fact]
    public async Task InTheHandshake_ClosesThatConnection1011_AndLogsItsId()
    {
        using var log = new ErrorLog();
        await using var host = await GatewayTestHost.StartAsync(
            services: services => services.AddSingleton<ILoggerProvider>(log),
            seed: state => File.WriteAllText(Path.Combine(state, "devices"), "a file where the directory should be"));
        await using var client = await host.ConnectRawAsync();
        using var key = Ed25519PrivateKey.Generate();
        var connect = new JsonObject { ["type"] = "req", ["id"] = "1", ["method"] = "connect", ["params"] = BadInputTests.WithDevice(key, client.Nonce, TimeProvider.System.GetUtcNow()) };

        await client.SendAsync(connect.ToJsonString());

        var (code, reason, _) = await client.ReadToCloseAsync();
        Assert.Equal((CloseCodes.InternalError, "internal error"), (code, reason));
        Assert.DoesNotContain(GatewayTestHost.Token, Assert.Single(log.Errors), StringComparison.Ordinal);
    }

    private sealed class FaultyMethod : GatewayMethod
    {
        public const string Message = "made to fail";

        public override MethodContract Contract => GatewayMethods.LastHeartbeat;

        public override ValueTask<MethodReply> InvokeAsync(MethodContext context, ReadOnlyMemory<byte> paramsJson, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new MethodReply(new FaultyMemory().Memory));
    }

    /// <summary>Fails when the answer is written, where no method is involved any more.</summary>
    private sealed class FaultyMemory : MemoryManager<byte>
    {
        private int _asked;

        public override Span<byte> GetSpan() => _asked++ < 0 ? [] : throw new InvalidDataException(FaultyMethod.Message);

        public override Memory<byte> Memory => CreateMemory(16);

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
