using System.Text.Json;
using System.Text.Json.Nodes;
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
            Parsed = Element(ConfigRedaction.Redact(snapshot.Parsed) ?? new JsonObject()),
            Valid = snapshot.Valid,
            Config = Element(ConfigRedaction.Redact(snapshot.Config) ?? new JsonObject()),
            Hash = snapshot.Hash,
            Issues = Convert(snapshot.Issues),
            Warnings = Convert(snapshot.Warnings),
            LegacyIssues = Convert(snapshot.LegacyIssues),
        };
    }

    private static JsonElement Element(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static Protocol.Methods.Config.ConfigIssue[] Convert(IReadOnlyList<Configuration.ConfigIssue> issues) =>
        [.. issues.Select(issue => new Protocol.Methods.Config.ConfigIssue { Path = issue.Path, Message = issue.Message })];
}
