using System.Text.Json;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>Asks other cores about sessions that they work on.</summary>
internal sealed class SessionCalls(IBus bus, CoreDirectory cores)
{
    /// <summary>How long an answer about a message takes at most: after that the core is taken for stopped, and its claim to the session decides.</summary>
    public static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The service that a core answers under.</summary>
    public static string ServiceOf(string core) => "core.sessions." + core;

    /// <summary>Hands a message to its session's core, or asks again how far it is; null when that core does not answer.</summary>
    public ValueTask<SessionCallAnswer?> SubmitAsync(string core, DeliveredMessage message, CancellationToken cancellationToken) =>
        AskAsync(core, new SessionCall { Kind = SessionCallKind.Submit, Message = message }, SubmitTimeout, cancellationToken);

    /// <summary>Has all other cores stop what they do in a session. Those that do not answer are left out: they die or are stopped.</summary>
    /// <exception cref="BusUnavailableException">They cannot be asked.</exception>
    public Task<IReadOnlyList<SessionCallAnswer>> AbortAsync(string sessionKey, IReadOnlyList<string>? runIds, RunAbortReason reason, CancellationToken cancellationToken) =>
        AskAllAsync(new SessionCall { Kind = SessionCallKind.Abort, SessionKey = sessionKey, RunIds = runIds, Reason = reason }, AbortTimeout, cancellationToken);

    /// <summary>Has all other cores end what they do in a session and wait for it; false when one is still at work.</summary>
    /// <exception cref="BusUnavailableException">They cannot be asked.</exception>
    public async Task<bool> QuietAsync(string sessionKey, TimeSpan limit, CancellationToken cancellationToken)
    {
        var call = new SessionCall { Kind = SessionCallKind.Quiet, SessionKey = sessionKey, LimitMs = (long)limit.TotalMilliseconds };
        return (await AskAllAsync(call, limit + AbortTimeout, cancellationToken).ConfigureAwait(false)).All(answer => answer.IsQuiet);
    }

    /// <summary>Asks one core; null when it does not answer.</summary>
    /// <exception cref="BusUnavailableException">It cannot be asked.</exception>
    public async ValueTask<SessionCallAnswer?> AskAsync(string core, SessionCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(call, SessionCallJson.Default.SessionCall);
        var result = await bus.Calls.CallAsync(ServiceOf(core), request, new CallOptions { Timeout = timeout }, cancellationToken).ConfigureAwait(false);
        if (result.Outcome is CallOutcome.Unavailable)
            throw new BusUnavailableException("The cores of the gateway cannot reach each other.");
        return result.IsAnswered ? JsonSerializer.Deserialize(result.Payload.Span, SessionCallJson.Default.SessionCallAnswer) : null;
    }

    private async Task<IReadOnlyList<SessionCallAnswer>> AskAllAsync(SessionCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(cores.Others.Select(core => AskAsync(core, call, timeout, cancellationToken).AsTask())).ConfigureAwait(false);
        return [.. answers.OfType<SessionCallAnswer>()];
    }
}
