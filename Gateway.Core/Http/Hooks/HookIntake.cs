using System.Security.Cryptography;
using System.Text;
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
internal sealed class HookIntake(
    ConfigStore configuration, SessionStores stores, SessionIntake intake, MessageIngress ingress, SystemEventQueue systemEvents, IAgentConfiguration agents, TimeProvider time)
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
                Text = HookPrompt.Of(turn.Name, runId, turn.Message, turn.IsMail, turn.IsTrusted, TimeZoneInfo.ConvertTime(now, TimeEnvelope.Zone(agent.UserTimezone, time.LocalTimeZone))),
                Model = turn.Model ?? SessionModel.ReferenceOf(session.Entry),
                Thinking = turn.Thinking ?? session.Entry.ThinkingLevel,
                TimeoutMs = turn.TimeoutSeconds * 1000,
                Lane = LaneNames.Cron,
                Hook = new AcceptedHook(turn.Name, turn.WakesNow, turn.Deliver),
            },
            CancellationToken.None).ConfigureAwait(false);
        return problem?.Message;
    }

    /// <summary>Tells the main session; <paramref name="runId"/> is of the turn in which it looks at it. Returns why it was not taken.</summary>
    public async Task<string?> AcceptAsync(HookWake wake, string runId)
    {
        var now = time.GetUtcNow();
        if (!wake.Now)
        {
            systemEvents.Add(Line(wake.Text, now));
            return null;
        }
        var key = stores.Rules.MainSession;
        var session = await intake.EnterAsync(key, conversational: false).ConfigureAwait(false);
        var waiting = systemEvents.Drain();
        var texts = waiting.Select(text => text.StartsWith("System: ", StringComparison.Ordinal) ? text : Line(text, now)).Append(Line(wake.Text, now));
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
        foreach (var untold in problem is null ? [] : waiting)
            systemEvents.Add(untold);
        return problem?.Message;
    }

    /// <summary>As models know system events; what came from outside must not look like two of them.</summary>
    private string Line(string text, DateTimeOffset now) =>
        TimeZoneInfo.ConvertTime(now, TimeEnvelope.Zone(AgentOptions.From(agents.Root, stores.Rules.DefaultAgentId).UserTimezone, time.LocalTimeZone)) is var local
            ? FormattableString.Invariant($"System: [{local:yyyy-MM-dd HH:mm:ss zzz}] {HookPrompt.OneLine(text)}")
            : "";

    /// <summary>A hook's session begins anew each time, as in the original, but keeps its settings.</summary>
    private async Task<IntakeSession> EnterFreshAsync(SessionKey key, string sessionId)
    {
        var entry = await stores.UpdateAsync(
            key, known => (known ?? SessionEntry.Empty).Edit().Touch(time.GetUtcNow()).Set(SessionFields.SessionId, sessionId).Build(), CancellationToken.None).ConfigureAwait(false);
        return new IntakeSession(new SessionAddress(key.AgentId, key.Value, sessionId), entry!);
    }

    /// <summary>The same transcript for the same run, so that a call that comes twice finds what the first one did.</summary>
    private static string IdOf(string runId) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(runId)).AsSpan(0, 16)).ToString();
}
