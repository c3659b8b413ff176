using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>The variables commands run with.</summary>
internal static class CommandEnvironment
{
    /// <summary>Variables a model may not set: each of them makes another program run or other code load.</summary>
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "NODE_OPTIONS", "NODE_PATH", "PYTHONPATH", "PYTHONHOME", "RUBYLIB", "RUBYOPT", "PERL5LIB", "PERL5OPT", "BASH_ENV", "ENV",
        "GCONV_PATH", "IFS", "SSLKEYLOGFILE", "DOTNET_STARTUP_HOOKS", "GIT_SSH_COMMAND", "GIT_EXTERNAL_DIFF", "PROMPT_COMMAND", "SHELLOPTS", "PS4",
    };

    private static readonly string[] ForbiddenPrefixes = ["LD_", "DYLD_"];

    /// <summary>Secrets of the gateway itself, which no command needs.</summary>
    private static readonly HashSet<string> Secrets = new(
        [.. KnownProvider.All.SelectMany(static provider => provider.EnvNames), "OPENCLAW_GATEWAY_TOKEN", "OPENCLAW_GATEWAY_PASSWORD", "TELEGRAM_BOT_TOKEN"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names among <paramref name="variables"/> that a call may not set.</summary>
    public static IReadOnlyList<string> Refused(IEnumerable<string> variables) =>
        [.. variables.Where(static name => name.Length == 0
            || name.Contains('=', StringComparison.Ordinal)
            || name.Contains('\0', StringComparison.Ordinal)
            || Forbidden.Contains(name)
            || ForbiddenPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))];

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
