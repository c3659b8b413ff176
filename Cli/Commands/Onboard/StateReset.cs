using System.Globalization;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>Begins anew without losing anything: configuration, credentials and sessions go into a directory beside the rest of the state.</summary>
internal static class StateReset
{
    /// <summary>Puts them aside. What is in the way, or null.</summary>
    public static async Task<string?> PutAsideAsync(CommandContext context, CancellationToken cancellation)
    {
        var state = context.Environment.StateDirectory;
        List<string> sources = [context.Environment.ConfigPath, context.Environment.CredentialsDirectory];
        if (Directory.Exists(Path.Combine(state, "agents")))
        {
            foreach (var agent in Directory.EnumerateDirectories(Path.Combine(state, "agents")))
                sources.AddRange([Path.Combine(agent, "sessions"), Path.Combine(agent, "agent")]);
        }
        sources.RemoveAll(static path => !Path.Exists(path));
        if (sources.Count == 0)
            return null;
        // A gateway at work would write half of it anew.
        var taken = await GatewayLock.AcquireAsync(context.Environment, context.Time, cancellation).ConfigureAwait(false);
        if (taken.Lock is not { } held)
            return $"--reset needs a stopped gateway: {taken.Error}";
        using (held)
        {
            var aside = Path.Combine(state, "reset-" + context.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture));
            try
            {
                foreach (var source in sources)
                {
                    var inside = Path.GetRelativePath(state, source);
                    var target = Path.Combine(aside, inside.StartsWith("..", StringComparison.Ordinal) ? Path.GetFileName(source) : inside);
                    PrivateDirectory.Create(Path.GetDirectoryName(target)!);
                    if (File.Exists(source))
                        File.Move(source, target);
                    else
                        Directory.Move(source, target);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"--reset went no further than {context.Environment.Display(aside)}: {e.Message}";
            }
            await context.Out.WriteLineAsync("Put aside: " + context.Environment.Display(aside)).ConfigureAwait(false);
            return null;
        }
    }
}
