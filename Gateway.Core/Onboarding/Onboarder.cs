using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>How choices were carried out.</summary>
/// <param name="Snapshot">The configuration now; null when nothing was written.</param>
/// <param name="Workspace">The agent's directory, when this machine has the gateway.</param>
/// <param name="Sessions">The directory of its sessions, likewise.</param>
/// <param name="Error">What went wrong, or null.</param>
public sealed record OnboardingResult(ConfigSnapshot? Snapshot, string? Workspace, string? Sessions, string? Error);

/// <summary>
/// Carries out choices: the key, the configuration in one write, the directories. Cut short anywhere, the configuration is the old one or the
/// new one, and the same again completes what is missing.
/// </summary>
/// <param name="environment">The instance.</param>
/// <param name="write">Writes its configuration.</param>
/// <param name="time">Clock for the note of when it was.</param>
public sealed class Onboarder(GatewayEnvironment environment, Func<ConfigWriteRequest, CancellationToken, Task<ConfigWriteResult>> write, TimeProvider time)
{
    /// <summary>Carries them out.</summary>
    /// <param name="snapshot">The configuration as it is; it has to be valid.</param>
    /// <param name="choices">What was decided.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public async Task<OnboardingResult> ApplyAsync(ConfigSnapshot snapshot, OnboardingChoices choices, CancellationToken cancellation)
    {
        ConfigWriteResult written;
        try
        {
            if (choices.Key is { } key && await StoredKeys.StoreAsync(environment, key, cancellation).ConfigureAwait(false) is { } problem)
                return new OnboardingResult(null, null, null, problem);
            written = await write(new ConfigWriteRequest(new OnboardingPlan(snapshot, choices).Edits(time.GetUtcNow())), cancellation).ConfigureAwait(false);
            if (!written.Succeeded)
                return new OnboardingResult(null, null, null, written.Error);
            if (written.Snapshot!.Gateway.Mode is GatewayMode.Remote)
                return new OnboardingResult(written.Snapshot, null, null, null);
            var (workspace, sessions) = await MakeDirectoriesAsync(written.Snapshot, cancellation).ConfigureAwait(false);
            return new OnboardingResult(written.Snapshot, workspace, sessions, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new OnboardingResult(null, null, null, e.Message);
        }
    }

    private async Task<(string Workspace, string Sessions)> MakeDirectoriesAsync(ConfigSnapshot snapshot, CancellationToken cancellation)
    {
        var defaults = snapshot.Root.Section("agents").Section("defaults");
        var workspace = environment.ExpandPath(defaults.Text("workspace")) ?? environment.DefaultWorkspace;
        if (defaults.Bool("skipBootstrap") == true)
            Directory.CreateDirectory(workspace);
        else
            await WorkspaceSeed.PlantAsync(workspace, cancellation: cancellation).ConfigureAwait(false);
        var sessions = Path.Combine(environment.StateDirectory, "agents", "main", "sessions");
        AtomicFile.CreateDirectory(sessions);
        return (workspace, sessions);
    }
}
