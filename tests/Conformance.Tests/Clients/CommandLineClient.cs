using System.Text.Json.Nodes;
using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;
using OpenClaw.Conformance.Tests.Processes;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>The command line of the original or ours, with a home of its own, pointed at a port.</summary>
internal sealed class CommandLineClient : IDisposable
{
    private readonly ProgramPath _program;
    private readonly Instance _instance = new();

    private CommandLineClient(ProgramPath program) => _program = program;

    /// <summary>Its state directory.</summary>
    public string StateDirectory => _instance.StateDirectory;

    public static CommandLineClient OfPeer() => new(PeerInstallation.Program);

    public static CommandLineClient Ours() => new(GatewayProcess.Ours);

    public Task<CommandResult> RunAsync(int port, params string[] arguments) => RunAsAsync(Instance.Token, port, arguments);

    /// <summary>Runs a command with a secret of the caller's choice, and without the short patience it has of itself: machines are busy.</summary>
    public Task<CommandResult> RunAsAsync(string token, int port, params string[] arguments)
    {
        string[] patient = arguments[0] is "agent" ? arguments : [.. arguments, "--timeout", "120000"];
        return ProgramRun.RunAsync(_program, _instance.Environment(port, token), patient);
    }

    /// <summary>Calls a method with <c>gateway call --json</c> and returns its payload.</summary>
    public async Task<JsonObject> CallAsync(int port, string method, string parameters = "{}")
    {
        var result = await RunAsync(port, "gateway", "call", method, "--params", parameters, "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonOf(result);
    }

    public static JsonObject JsonOf(CommandResult result)
    {
        // The original prints its doctor's remarks on standard output too, in front of the answer.
        var start = result.Output.IndexOf('{', StringComparison.Ordinal);
        Assert.True(start >= 0, result.ToString());
        return JsonNode.Parse(result.Output[start..])!.AsObject();
    }

    public void Dispose() => _instance.Dispose();
}
