using System.Globalization;
using OpenClaw.Gateway.Core.Configuration.Schema;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Config;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary><c>config.schema</c>: what a configuration may hold, and how a form shows it. Made once: it does not depend on the configuration.</summary>
internal sealed class ConfigSchemaMethod : GatewayMethod<EmptyParams, ConfigSchemaResult>
{
    private readonly Lazy<ConfigSchemaResult> _answer;

    public ConfigSchemaMethod(TimeProvider time)
        : base(GatewayMethods.ConfigSchema) => _answer = new Lazy<ConfigSchemaResult>(() => new ConfigSchemaResult
        {
            Schema = ConfigViews.Element(JsonSchemaDocument.Create()),
            UiHints = ConfigUiHints.Create(ConfigSchema.Instance.Root),
            Version = ConfigWriter.FormatVersion,
            GeneratedAt = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        });

    protected override ValueTask<MethodResult<ConfigSchemaResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<MethodResult<ConfigSchemaResult>>(_answer.Value);
}
