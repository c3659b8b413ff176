using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Config;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary><c>config.apply</c>: replaces the file, and says whether the gateway restarts for it.</summary>
internal sealed class ConfigApplyMethod(ConfigChanges changes, GatewayRestart restart, RestartNote note, TimeProvider time)
    : ConfigChangeMethod(GatewayMethods.ConfigApply, changes, restart, note, time)
{
    protected override ConfigEdit EditOf(string raw) => new ConfigEdit.Replace(raw);
}

/// <summary><c>config.patch</c>: changes the file by a merge patch, and says whether the gateway restarts for it.</summary>
internal sealed class ConfigPatchMethod(ConfigChanges changes, GatewayRestart restart, RestartNote note, TimeProvider time)
    : ConfigChangeMethod(GatewayMethods.ConfigPatch, changes, restart, note, time)
{
    protected override ConfigEdit EditOf(string raw) => new ConfigEdit.MergeText(raw);
}

/// <summary>What both have in common.</summary>
internal abstract class ConfigChangeMethod(
    MethodContract<ConfigChangeParams, ConfigChangeResult> contract, ConfigChanges changes, GatewayRestart restart, RestartNote note, TimeProvider time)
    : GatewayMethod<ConfigChangeParams, ConfigChangeResult>(contract)
{
    protected abstract ConfigEdit EditOf(string raw);

    protected override async ValueTask<MethodResult<ConfigChangeResult>> RunAsync(ConfigChangeParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var delay = parameters.RestartDelayMs is { } ms ? TimeSpan.FromMilliseconds(Math.Min(ms, GatewayRestart.MaxDelay.TotalMilliseconds)) : GatewayRestart.DefaultDelay;
        var edit = EditOf(parameters.Raw);
        var request = new ConfigWriteRequest([edit])
        {
            RequireBaseHash = true,
            BaseHash = BaseHash.Of(parameters.BaseHash),
            RequireValid = edit is ConfigEdit.MergeText,
            RestartDelay = delay,
        };
        var (written, error) = await changes.WriteAsync(request, context, cancellationToken).ConfigureAwait(false);
        if (written is null)
            return error!;
        var sentinel = new RestartSentinel
        {
            Kind = "config-apply",
            Status = "ok",
            Ts = time.GetUtcNow().ToUnixTimeMilliseconds(),
            SessionKey = Given(parameters.SessionKey),
            Message = Given(parameters.Note),
            DoctorHint = "Run: openclaw doctor --non-interactive",
            Stats = new RestartSentinelStats { Mode = Contract.Name, Root = written.Path },
        };
        var restarts = restart.IsScheduled;
        return new ConfigChangeResult
        {
            Ok = true,
            Path = written.Path,
            Config = ConfigViews.Redacted(written.Config),
            Restart = new RestartNotice
            {
                Ok = true,
                Pid = Environment.ProcessId,
                DelayMs = restarts ? (long)delay.TotalMilliseconds : 0,
                Reason = Contract.Name,
                Mode = restarts ? "emit" : "none",
            },
            Sentinel = new RestartSentinelNotice { Path = restarts ? await note.LeaveAsync(sentinel).ConfigureAwait(false) : null, Payload = sentinel },
        };
    }

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;
}
