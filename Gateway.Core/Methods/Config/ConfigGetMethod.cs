using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Redaction;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Config;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary><c>config.get</c>: the file as it is now, valid or not, without its secrets.</summary>
internal sealed class ConfigGetMethod(ConfigStore configuration) : GatewayMethod<EmptyParams, ConfigGetResult>(GatewayMethods.ConfigGet)
{
    protected override async ValueTask<MethodResult<ConfigGetResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var snapshot = await configuration.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ConfigGetResult
        {
            Path = snapshot.Path,
            Exists = snapshot.Exists,
            Raw = ConfigRedaction.RedactRaw(snapshot),
            Parsed = ConfigViews.Redacted(snapshot.Parsed),
            Valid = snapshot.Valid,
            Config = ConfigViews.Redacted(snapshot.Config),
            Hash = snapshot.Hash,
            Issues = ConfigViews.Issues(snapshot.Issues),
            Warnings = ConfigViews.Issues(snapshot.Warnings),
            LegacyIssues = ConfigViews.Issues(snapshot.LegacyIssues),
        };
    }
}
