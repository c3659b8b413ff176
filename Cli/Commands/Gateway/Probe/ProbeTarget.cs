using OpenClaw.Cli.Connections;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Gateway.Probe;

/// <summary>A gateway worth trying.</summary>
/// <param name="Id">Which one: <c>explicit</c>, <c>configRemote</c>, <c>localLoopback</c>.</param>
/// <param name="Label">The same for people.</param>
/// <param name="Active">Whether commands without flags use it.</param>
/// <param name="Route">The way there.</param>
internal sealed record ProbeTarget(string Id, string Label, bool Active, GatewayRoute Route)
{
    public static IReadOnlyList<ProbeTarget> All(ConfigSnapshot snapshot, GatewayEnvironment environment, ClientArguments arguments)
    {
        var targets = new List<ProbeTarget>();
        var sources = GatewayRoute.Sources(snapshot, environment, arguments);
        var remote = sources.Mode == "remote";
        if (sources.UrlOption is not null)
            targets.Add(new ProbeTarget("explicit", "URL (explicit)", true, GatewayRoute.Of(snapshot, environment, sources)));
        if (!string.IsNullOrWhiteSpace(sources.RemoteUrl))
            targets.Add(new ProbeTarget("configRemote", "Remote (configured)", remote, GatewayRoute.Of(snapshot, environment, sources with { UrlOption = null, Mode = "remote" })));
        var local = sources with { UrlOption = null, Mode = "local", Bind = "loopback" };
        targets.Add(new ProbeTarget("localLoopback", "Local loopback", !remote, GatewayRoute.Of(snapshot, environment, local)));
        return targets;
    }
}
