using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Agents.Tools.Sessions;

/// <summary>Gathers what there is to tell about a session.</summary>
/// <param name="models">For the model and its key.</param>
/// <param name="catalog">For the size of the model's context.</param>
/// <param name="configuration">Settings in force.</param>
/// <param name="self">Version.</param>
/// <param name="runner">For what waits in the session's queue; made late, because it needs the tools to be made.</param>
/// <param name="time">Clock and time zone.</param>
internal sealed class SessionStatus(
    ModelResolver models, ISessionModels catalog, IAgentConfiguration configuration, GatewaySelf self, Lazy<AgentRunner> runner, TimeProvider time)
{
    /// <param name="session">Session to describe.</param>
    /// <param name="run">The run that asks; what was chosen for it alone holds for its own session.</param>
    public StatusCard Of(FoundSession session, RunRequest run)
    {
        var (key, entry) = session;
        var agent = AgentOptions.From(configuration.Root, key.AgentId);
        var own = key.Value == run.Session.SessionKey ? run : null;
        var model = SessionPatching.ModelOf(entry, models.Candidates(agent, null)[0]);
        var resolved = models.Resolve(agent, model).Model;
        return new StatusCard
        {
            Version = self.Version,
            Commit = self.Commit,
            Now = time.GetUtcNow(),
            Zone = TimeEnvelope.Zone(agent.UserTimezone, time.LocalTimeZone),
            TimeFormat = agent.TimeFormat,
            Model = model,
            Key = resolved is null ? "unknown" : KeyLabel(resolved.Key),
            InputTokens = entry.InputTokens,
            OutputTokens = entry.OutputTokens,
            ContextTokens = entry.TotalTokens ?? ((entry.InputTokens ?? 0) + (entry.OutputTokens ?? 0)),
            ContextWindow = ContextWindow(entry, model, resolved),
            Compactions = entry.CompactionCount ?? 0,
            SessionKey = key.Value,
            UpdatedAt = entry.UpdatedAt,
            Thinking = own?.Thinking ?? Levels.ParseThinking(entry.ThinkingLevel) ?? agent.ThinkingDefault ?? (resolved is null ? ThinkingLevel.Off : TurnSetup.DefaultThinking(resolved)),
            Verbose = own?.Verbose ?? Levels.ParseVerbose(entry.VerboseLevel) ?? agent.VerboseDefault,
            Reasoning = entry.ReasoningLevel is "on" or "stream" ? entry.ReasoningLevel : null,
            Activation = IsGroup(session) ? entry.GroupActivation is "always" ? "always" : "mention" : null,
            Queue = QueueChoice.For(configuration.Root, entry.Channel ?? entry.LastChannel ?? own?.Channel ?? "unknown", entry),
            QueueDepth = runner.Value.QueueDepth(key.Value),
            ShowQueueDetails = entry.QueueDebounceMs is not null || entry.QueueCap is not null || entry.QueueDrop is not null,
        };
    }

    /// <summary>The stored size is that of the model that answered last.</summary>
    private long ContextWindow(SessionEntry entry, ModelRef model, ResolvedModel? resolved) =>
        entry.ContextTokens is { } stored && entry.Model == model.Model ? stored : resolved?.Info.ContextWindow ?? catalog.ContextTokensOf(model.Model);

    private static string? KeyLabel(ProviderKey? key) => key is null ? null
        : key.Source.Contains("OAUTH_TOKEN", StringComparison.Ordinal) ? $"oauth ({key.Source})"
        : $"api-key {key.Masked} ({key.Source})";

    private static bool IsGroup(FoundSession session) => session.Entry.ChatType is "group" or "channel" || session.Key.TryGetGroup(out _, out _);
}
