using System.Text.Json;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary><c>health</c>: a snapshot of at most a minute ago, refreshed behind the answer; with <c>probe:true</c> a fresh one.</summary>
internal sealed class HealthMethod(HealthReporter health, HealthSurvey survey) : GatewayMethod<HealthParams, HealthSnapshot>(GatewayMethods.Health)
{
    protected override async ValueTask<MethodResult<HealthSnapshot>> RunAsync(HealthParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.Probe?.ValueKind is JsonValueKind.True || !health.IsFresh)
            return await health.RefreshAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        health.RequestRefresh();
        return survey.AsOfNow(await health.LastAsync().ConfigureAwait(false));
    }
}
