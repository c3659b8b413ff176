using OpenClaw.Cli.Services.Programs;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services;

/// <summary>The user that a unit of the system runs as.</summary>
internal static class ServiceAccount
{
    /// <summary>The user that is meant when none is named: whoever typed <c>sudo</c>, else the one that runs this.</summary>
    public static string Usual(GatewayEnvironment environment, ServiceHost host) => environment.Get("SUDO_USER") ?? host.UserName;

    /// <summary>
    /// The instance as that user has it. Under <c>sudo</c> the home directory, and with it configuration and state, are root's; the gateway's are not.
    /// </summary>
    public static async Task<(GatewayEnvironment Environment, ServiceFailure? Failure)> EnvironmentOfAsync(
        string user, GatewayEnvironment environment, ServiceHost host, IProcessRunner runner, CancellationToken cancellation)
    {
        if (user == host.UserName)
            return (environment, null);
        var entry = await runner.RunAsync("getent", ["passwd", "--", user], host.AnswerPatience, null, cancellation).ConfigureAwait(false);
        if (!entry.Succeeded || entry.Out.Trim().Split(':') is not [_, _, _, _, _, { Length: > 0 } home, ..])
            return (environment, new ServiceFailure(ServiceFailureKind.Unusable, $"there is no user {user} on this system"));
        var variables = environment.Variables.ToDictionary(StringComparer.Ordinal);
        // A profile has filled in the places that belong to root.
        var roots = Path.Combine(environment.HomeDirectory, ".openclaw" + environment.ProfileSuffix);
        foreach (var name in (string[])["OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH"])
        {
            if (variables.TryGetValue(name, out var path) && (path == roots || path.StartsWith(roots + "/", StringComparison.Ordinal)))
                variables.Remove(name);
        }
        variables["HOME"] = home;
        return (GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = variables,
            UserHomeDirectory = home,
            CurrentDirectory = home,
            TempDirectory = Path.GetDirectoryName(environment.LockDirectory) ?? environment.LockDirectory,
            UserId = environment.UserId,
            Profile = environment.Profile,
        }), null);
    }
}
