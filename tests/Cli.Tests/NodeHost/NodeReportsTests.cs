using System.Text.Json.Nodes;
using OpenClaw.Cli.NodeHost;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Core.HostCommands;

namespace OpenClaw.Cli.Tests.NodeHost;

public sealed class NodeReportsTests
{
    private readonly List<string> _told = [];
    private Exception? _failure;

    [Fact]
    public async Task Denied_AReportThatTheConnectionDoesNotTake_DoesNotHoldUpTheNext()
    {
        using var reports = new NodeReports(SendAsync);
        _failure = new GatewayRequestTooLargeException("node.event", 2, 1);
        await reports.DeniedAsync(CallOf("first"), "policy", default);
        _failure = null;

        await reports.DeniedAsync(CallOf("second"), "policy", default);

        Assert.Equal("second", CommandOf(Assert.Single(_told)));
    }

    [Fact]
    public async Task Denied_NoConnection_IsToldWithTheNext()
    {
        using var reports = new NodeReports(SendAsync);
        _failure = new GatewayNotConnectedException();
        await reports.DeniedAsync(CallOf("first"), "policy", default);
        _failure = null;

        await reports.FlushAsync(default);

        Assert.Equal("first", CommandOf(Assert.Single(_told)));
    }

    [Fact]
    public async Task Denied_AnEndlessCommand_IsToldShortened()
    {
        using var reports = new NodeReports(SendAsync);

        await reports.DeniedAsync(CallOf(new string('"', 90_000)), "policy", default);

        Assert.True(Assert.Single(_told).Length < 40_000);
        Assert.EndsWith("... (truncated)", CommandOf(_told[0]), StringComparison.Ordinal);
    }

    private Task SendAsync(ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        if (_failure is not null)
            return Task.FromException(_failure);
        _told.Add(System.Text.Encoding.UTF8.GetString(parameters.Span));
        return Task.CompletedTask;
    }

    private static SystemRunCall CallOf(string program) => new()
    {
        Command = new HostCommand { Arguments = [program] },
        SessionKey = "main",
        RunId = "r",
    };

    private static string CommandOf(string report) => (string)JsonNode.Parse((string)JsonNode.Parse(report)!["payloadJSON"]!)!["command"]!;
}
