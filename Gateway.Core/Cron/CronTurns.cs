using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Http.Hooks;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>
/// Makes the agent's turns of jobs: messages in the durable queue, stored once under the run's name however often that is tried. They are worked on
/// by whichever core gets them, and go on after a restart.
/// </summary>
internal sealed class CronTurns(
    ConfigStore configuration, SessionStores stores, SessionIntake intake, MessageIngress ingress, SystemEventQueue systemEvents, IAgentConfiguration agents, TimeProvider time)
{
    /// <summary>Longest turn of a job that says nothing of it; the peer's number.</summary>
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(10);

    /// <summary>The session that a job's run belongs to.</summary>
    public SessionKey KeyOf(CronJob job)
    {
        var agentId = AgentOf(job);
        return job.IsMain ? MainOf(agentId) : new SessionKey($"agent:{agentId}:cron:{job.Id}", agentId, "cron:" + job.Id);
    }

    public string DefaultAgentId => stores.Rules.DefaultAgentId;

    /// <summary>The main session of a job's agent.</summary>
    public SessionKey MainOf(CronJob job) => MainOf(AgentOf(job));

    /// <summary>The transcript of a run in a session of its own: a new one for each run, the same for the same run.</summary>
    public static string SessionIdOf(CronRun run) => IdOf(run.RunId);

    /// <summary>Puts a job's turn into the queue. Returns why it was not taken.</summary>
    public async Task<string?> SubmitAsync(CronRun run)
    {
        var job = run.Job;
        var key = KeyOf(job);
        var agent = AgentOptions.From(agents.Root, key.AgentId);
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeEnvelope.Zone(agent.UserTimezone, time.LocalTimeZone));
        return job.IsMain ? await SubmitMainAsync(run, key).ConfigureAwait(false) : await SubmitIsolatedAsync(run, key, now).ConfigureAwait(false);
    }

    /// <summary>Keeps a job's text for the next turn of the main session. Returns why it was not kept.</summary>
    public async Task<string?> KeepAsync(CronRun run, string text) =>
        await systemEvents.KeepAsync(HookPrompt.OneLine(text), IdOf(run.RunId)).ConfigureAwait(false) ? null : "too many events wait for the main session";

    private async Task<string?> SubmitMainAsync(CronRun run, SessionKey key)
    {
        var session = await intake.EnterAsync(key, conversational: false).ConfigureAwait(false);
        var due = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(run.AtMs), ZoneOf(key)).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        var roster = AgentRoster.Of(configuration.Current);
        var heartbeat = (roster.Find(key.AgentId) ?? roster.Default).Heartbeat;
        return await AcceptAsync(new AcceptedMessage
        {
            RunId = run.RunId,
            AcceptedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            AgentId = key.AgentId,
            SessionKey = key.Value,
            SessionId = session.Address.SessionId,
            Text = $"System: [{due}] {HookPrompt.OneLine(run.Job.Payload.Text("text") ?? "")}\n\nA scheduled reminder is due: see the line above. Do what it asks for, or tell the user, now. Answer HEARTBEAT_OK only if nothing is left to do or say.",
            Model = heartbeat.Model ?? SessionModel.ReferenceOf(session.Entry),
            Thinking = session.Entry.ThinkingLevel,
            TimeoutMs = (long)DefaultLimit.TotalMilliseconds,
            Heartbeat = true,
            IsOnce = true,
        }).ConfigureAwait(false);
    }

    private async Task<string?> SubmitIsolatedAsync(CronRun run, SessionKey key, DateTimeOffset now)
    {
        var (job, payload) = (run.Job, run.Job.Payload);
        var entry = await EnterFreshAsync(run, key).ConfigureAwait(false);
        var text = $"[cron:{job.Id} {HookPrompt.NameOf(job.Name)}] {payload.Text("message")}\nCurrent time: {now.ToString("dddd, yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)} ({ZoneOf(key).Id})";
        if (job.Delivery?.Text("mode") == "announce")
            text += "\n\nAnswer with a summary in plain text. It is sent to the receiver for you: do not send it yourself. If somebody else is to get something, say who and what.";
        return await AcceptAsync(new AcceptedMessage
        {
            RunId = run.RunId,
            AcceptedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            AgentId = key.AgentId,
            SessionKey = key.Value,
            SessionId = SessionIdOf(run),
            Text = text,
            Model = payload.Text("model") ?? SessionModel.ReferenceOf(entry),
            Thinking = payload.Text("thinking") ?? entry.ThinkingLevel,
            Verbose = entry.VerboseLevel,
            TimeoutMs = payload.Number("timeoutSeconds") * 1000 ?? (long)DefaultLimit.TotalMilliseconds,
            Lane = LaneNames.Cron,
            IsOnce = true,
        }).ConfigureAwait(false);
    }

    /// <summary>The session begins anew with each run, but keeps its settings; the run stays reachable by a key of its own.</summary>
    private async Task<SessionEntry> EnterFreshAsync(CronRun run, SessionKey key)
    {
        var sessionId = SessionIdOf(run);
        SessionEntry Fresh(SessionEntry? known)
        {
            var editor = (known ?? SessionEntry.Empty).Edit().Touch(time.GetUtcNow()).Set(SessionFields.SessionId, sessionId);
            if (known?.Label is null)
                editor.Set(SessionFields.Label, "Cron: " + run.Job.Name);
            return editor.Build();
        }
        var entry = await stores.UpdateAsync(key, Fresh, CancellationToken.None).ConfigureAwait(false);
        var own = new SessionKey($"{key.Value}:run:{sessionId}", key.AgentId, $"cron:{run.Job.Id}:run:{sessionId}");
        await stores.UpdateAsync(own, Fresh, CancellationToken.None).ConfigureAwait(false);
        return entry!;
    }

    private async Task<string?> AcceptAsync(AcceptedMessage message) => (await ingress.AcceptAsync(message, CancellationToken.None).ConfigureAwait(false))?.Message;

    private string AgentOf(CronJob job)
    {
        var roster = AgentRoster.Of(configuration.Current);
        return job.AgentId is { } named && roster.Find(AgentId.Normalize(named)) is { } known ? known.Id : stores.Rules.DefaultAgentId;
    }

    private SessionKey MainOf(string agentId) => agentId == stores.Rules.DefaultAgentId ? stores.Rules.MainSession : stores.Rules.MainOf(agentId);

    private TimeZoneInfo ZoneOf(SessionKey key) => TimeEnvelope.Zone(AgentOptions.From(agents.Root, key.AgentId).UserTimezone, time.LocalTimeZone);

    private static string IdOf(string runId) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(runId)).AsSpan(0, 16)).ToString();
}
