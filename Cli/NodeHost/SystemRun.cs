using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.HostCommands;

namespace OpenClaw.Cli.NodeHost;

/// <summary><c>system.run</c>: runs a program if this machine's rules let it, and tells the session how it went.</summary>
internal sealed class SystemRun(HostCommandPolicy policy, HostCommandRunner runner, NodeReports reports, Func<CancellationToken, Task<ConfigSection>> config)
{
    /// <summary>Commands at once. More is a loop, not work.</summary>
    private const int MaxRunning = 32;

    /// <summary>Most bytes of JSON an answer may have: a frame of 512 KiB has to hold it, quoted once more.</summary>
    private const int MaxAnswerBytes = 480_000;

    /// <summary>Characters of each stream that are left when all of them do not fit, however many escapes they need.</summary>
    private const int ShortChars = 20_000;

    /// <summary>Limit of a command when neither it nor its caller has one; that of the agents' own.</summary>
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Time beyond the caller's patience for a command without a limit: the session is still told how it went.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private int _running;

    /// <param name="parameters">What to run.</param>
    /// <param name="patienceMs">When the caller gives up. Left alone, a command without a limit of its own would take one of the places for ever.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    public async Task<NodeAnswer> RunAsync(JsonElement parameters, long? patienceMs, CancellationToken cancellationToken)
    {
        var (call, problem) = SystemRunCall.Read(parameters);
        if (call is null)
            return NodeAnswer.Invalid(problem!);
        var ruling = await policy.JudgeAsync(call.Command, await config(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        switch (ruling.Verdict)
        {
            case HostCommandVerdict.Disabled:
                return await DenyAsync(call, "security=deny", "SYSTEM_RUN_DISABLED: security=deny", cancellationToken).ConfigureAwait(false);
            case HostCommandVerdict.ApprovalRequired:
                return await DenyAsync(call, "approval-required", "SYSTEM_RUN_DENIED: approval required", cancellationToken).ConfigureAwait(false);
            case HostCommandVerdict.NotListed:
                return await DenyAsync(call, "allowlist-miss", "SYSTEM_RUN_DENIED: allowlist miss", cancellationToken).ConfigureAwait(false);
            case HostCommandVerdict.LineDiffers:
                return NodeAnswer.Invalid("INVALID_REQUEST: rawCommand does not match command");
            case HostCommandVerdict.NoDirectory:
                return await FinishAsync(call, new HostCommandOutcome(null, false, "", "", $"no such directory: {call.Command.Cwd}"), cancellationToken).ConfigureAwait(false);
        }
        if (call.NeedsScreenRecording)
            return await DenyAsync(call, "permission:screenRecording", "PERMISSION_MISSING: screenRecording", cancellationToken).ConfigureAwait(false);
        try
        {
            if (Interlocked.Increment(ref _running) > MaxRunning)
                return NodeAnswer.Unavailable($"too many commands run at once (at most {MaxRunning})");
            var outcome = await runner.RunAsync(ruling.Start!, call.Timeout ?? LimitOf(patienceMs), cancellationToken).ConfigureAwait(false);
            return await FinishAsync(call, outcome, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static TimeSpan LimitOf(long? patienceMs) =>
        patienceMs is > 0 and var ms && ms < UsualTimeout.TotalMilliseconds ? TimeSpan.FromMilliseconds(ms) + Grace : UsualTimeout;

    private async Task<NodeAnswer> DenyAsync(SystemRunCall call, string reason, string message, CancellationToken cancellationToken)
    {
        await reports.DeniedAsync(call, reason, cancellationToken).ConfigureAwait(false);
        return NodeAnswer.Unavailable(message);
    }

    private async Task<NodeAnswer> FinishAsync(SystemRunCall call, HostCommandOutcome outcome, CancellationToken cancellationToken)
    {
        await reports.FinishedAsync(call, outcome, cancellationToken).ConfigureAwait(false);
        var json = Json(outcome);
        if (JsonEncodedText.Encode(json).EncodedUtf8Bytes.Length > MaxAnswerBytes)
            json = Json(outcome with { Output = NodeReports.End(outcome.Output, ShortChars), ErrorOutput = NodeReports.End(outcome.ErrorOutput, ShortChars) });
        return new NodeAnswer(json);
    }

    private static string Json(HostCommandOutcome outcome)
    {
        var result = new JsonObject();
        // A program that was killed has no code, and other nodes leave it out then.
        if (outcome.ExitCode is { } code)
            result["exitCode"] = code;
        result["timedOut"] = outcome.TimedOut;
        result["success"] = outcome.Success;
        result["stdout"] = outcome.Output;
        result["stderr"] = outcome.ErrorOutput;
        result["error"] = outcome.Problem;
        return result.ToJsonString();
    }
}
