using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>The variables commands run with.</summary>
internal static class CommandEnvironment
{
    /// <summary>Secrets of the gateway itself, which no command needs.</summary>
    private static readonly HashSet<string> Secrets = new(
        [.. KnownProvider.All.SelectMany(static provider => provider.EnvNames), "OPENCLAW_GATEWAY_TOKEN", "OPENCLAW_GATEWAY_PASSWORD", "CLAWDBOT_GATEWAY_TOKEN", "CLAWDBOT_GATEWAY_PASSWORD", "TELEGRAM_BOT_TOKEN"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The search path for programs.</summary>
    public static string SearchPath(IReadOnlyDictionary<string, string> host, ExecOptions options) =>
        string.Join(Path.PathSeparator, [.. options.PathPrepend, host.GetValueOrDefault("PATH") ?? "/usr/local/bin:/usr/bin:/bin"]);

    /// <summary>The host's variables without the gateway's secrets, and those of the call on top.</summary>
    public static Dictionary<string, string> Build(
        IReadOnlyDictionary<string, string> host, IReadOnlyDictionary<string, string> call, ExecOptions options)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in host)
        {
            if (!Secrets.Contains(name))
                environment[name] = value;
        }
        foreach (var (name, value) in call)
            environment[name] = value;
        environment["PATH"] = SearchPath(host, options);
        return environment;
    }
}
