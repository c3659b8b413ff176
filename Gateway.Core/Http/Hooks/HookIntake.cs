using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>Puts what hooks ask for into the durable queue. When a method returns no text, the work will be done whatever happens to the process.</summary>
internal sealed partial class HookIntake(
    ConfigStore configuration, SessionStores stores, SessionIntake intake, MessageIngress ingress, SystemEventQueue systemEvents, IAgentConfiguration agents, TimeProvider time,
    ILogger<HookIntake> logger)
{
    /// <summary>Asks for a turn in a fresh transcript. Returns why it was not taken.</summary>
    /// <param name="turn">What to do.</param>
    /// <param name="runId">Id of the run; the same for a repeated call.</param>
    public async Task<string?> AcceptAsync(HookTurn turn, string runId)
    {
        var rules = stores.Rules;
        var rest = (turn.SessionKey ?? "hook:" + runId).ToLowerInvariant();
        if (rest.StartsWith($"agent:{rules.DefaultAgentId}:", StringComparison.Ordinal))
            rest = rest[$"agent:{rules.DefaultAgentId}:".Length..];
        if (!HookActions.MayUse(rest, rules.MainKey))
            return $"sessionKey {rest} cannot be used by hooks";
        var key = new SessionKey($"agent:{rules.DefaultAgentId}:{rest}", rules.DefaultAgentId, rest);
        var now = time.GetUtcNow();
        var agent = AgentOptions.From(agents.Root, key.AgentId);
        var session = await EnterFreshAsync(key, IdOf(runId)).ConfigureAwait(false);
        var problem = await ingress.AcceptAsync(
            new AcceptedMessage
            {
                RunId = runId,
                AcceptedAtMs = now.ToUnixTimeMilliseconds(),
                AgentId = key.AgentId,
                SessionKey = key.Value,
                SessionId = session.Address.SessionId,
                Text = HookPrompt.Of(turn, runId, TimeZoneInfo.ConvertTime(now, TimeEnvelope.Zone(agent.UserTimezone, time.LocalTimeZone))),
                Model = turn.Model ?? SessionModel.ReferenceOf(session.Entry),
                Thinking = turn.Thinking ?? session.Entry.ThinkingLevel,
                TimeoutMs = turn.TimeoutSeconds * 1000,
                Lane = LaneNames.Cron,
                Hook = AcceptedOf(turn),
            },
            CancellationToken.None).ConfigureAwait(false);
        return problem?.Message;
    }

    /// <summary>Tells the main session; <paramref name="runId"/> is of the turn in which it looks at it. Returns why it was not taken.</summary>
    public async Task<string?> AcceptAsync(HookWake wake, string runId)
    {
        var now = time.GetUtcNow();
        if (!wake.Now)
            return await KeepAsync(wake.Text, runId).ConfigureAwait(false);
        var key = stores.Rules.MainSession;
        var session = await intake.EnterAsync(key, conversational: false).ConfigureAwait(false);
        using var waiting = systemEvents.Take();
        var zone = TimeEnvelope.Zone(AgentOptions.From(agents.Root, stores.Rules.DefaultAgentId).UserTimezone, time.LocalTimeZone);
        var texts = waiting.Events.Append(new SystemEvent(now, wake.Text)).Select(told => Line(told, zone));
        var prompt = AgentRoster.Of(configuration.Current).Default.Heartbeat.Prompt;
        var problem = await ingress.AcceptAsync(
            new AcceptedMessage
            {
                RunId = runId,
                AcceptedAtMs = now.ToUnixTimeMilliseconds(),
                AgentId = key.AgentId,
                SessionKey = key.Value,
                SessionId = session.Address.SessionId,
                Text = $"{string.Join('\n', texts)}\n\n{prompt}",
                Model = AgentRoster.Of(configuration.Current).Default.Heartbeat.Model ?? SessionModel.ReferenceOf(session.Entry),
                Thinking = session.Entry.ThinkingLevel,
                Heartbeat = true,
            },
            CancellationToken.None).ConfigureAwait(false);
        if (problem is null)
            waiting.Told();
        return problem?.Message;
    }

    private static AcceptedHook AcceptedOf(HookTurn turn)
    {
        var title = turn.Title is null ? null : HookPrompt.NameOf(turn.Title);
        return turn.IsTrusted
            ? new AcceptedHook(title ?? HookPrompt.NameOf(turn.Name), turn.WakesNow, turn.Deliver, IsTrusted: true)
            : new AcceptedHook(HookPrompt.NameOf(turn.Name), turn.WakesNow, turn.Deliver, Title: title);
    }

    /// <summary>As models know system events; what came from outside must not look like two of them.</summary>
    private static string Line(SystemEvent told, TimeZoneInfo zone) =>
        FormattableString.Invariant($"System: [{TimeZoneInfo.ConvertTime(told.At, zone):yyyy-MM-dd HH:mm:ss zzz}] {HookPrompt.OneLine(told.Text)}");

    private async Task<string?> KeepAsync(string text, string runId)
    {
        try
        {
            return await systemEvents.KeepAsync(HookPrompt.OneLine(text), IdOf(runId)).ConfigureAwait(false) ? null : "too many events wait for the main session; try again later";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, e.Message);
            return "the event could not be stored; try again later";
        }
    }

    /// <summary>A hook's session begins anew each time, as in the original, but keeps its settings.</summary>
    private async Task<IntakeSession> EnterFreshAsync(SessionKey key, string sessionId)
    {
        var entry = await stores.UpdateAsync(
            key, known => (known ?? SessionEntry.Empty).Edit().Touch(time.GetUtcNow()).Set(SessionFields.SessionId, sessionId).Build(), CancellationToken.None).ConfigureAwait(false);
        return new IntakeSession(new SessionAddress(key.AgentId, key.Value, sessionId), entry!);
    }

    /// <summary>The same transcript for the same run, so that a call that comes twice finds what the first one did.</summary>
    private static string IdOf(string runId) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(runId)).AsSpan(0, 16)).ToString();

    [LoggerMessage(1804, LogLevel.Error, "An event for the main session could not be stored: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string reason);
}
