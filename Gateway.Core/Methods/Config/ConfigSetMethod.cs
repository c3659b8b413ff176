using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Config;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary><c>config.set</c>: replaces the file.</summary>
internal sealed class ConfigSetMethod(ConfigChanges changes) : GatewayMethod<ConfigSetParams, ConfigSetResult>(GatewayMethods.ConfigSet)
{
    protected override async ValueTask<MethodResult<ConfigSetResult>> RunAsync(ConfigSetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var request = new ConfigWriteRequest([new ConfigEdit.Replace(parameters.Raw)]) { RequireBaseHash = true, BaseHash = BaseHash.Of(parameters.BaseHash) };
        var (written, error) = await changes.WriteAsync(request, context, cancellationToken).ConfigureAwait(false);
        return written is null ? error! : new ConfigSetResult { Ok = true, Path = written.Path, Config = ConfigViews.Redacted(written.Config) };
    }
}

/// <summary>Reads a <c>baseHash</c>.</summary>
internal static class BaseHash
{
    /// <summary>A blank one is none.</summary>
    public static string? Of(string? text) => text?.Trim() is { Length: > 0 } hash ? hash : null;
}
