using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Methods.Config;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Skills;

namespace OpenClaw.Gateway.Core.Methods.Skills;

/// <summary><c>skills.update</c>: what is configured for a skill. The answer shows it without its secrets.</summary>
internal sealed class SkillsUpdateMethod(ConfigStore configuration, ConfigChanges changes) : GatewayMethod<SkillsUpdateParams, SkillsUpdateResult>(GatewayMethods.SkillsUpdate)
{
    protected override async ValueTask<MethodResult<SkillsUpdateResult>> RunAsync(SkillsUpdateParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var snapshot = await configuration.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!snapshot.Valid)
            return ErrorShape.InvalidRequest("invalid config; fix before patching");
        var edits = EditsFor(parameters, EntryOf(snapshot.Config, parameters.SkillKey));
        var written = snapshot;
        if (!edits.IsEmpty)
        {
            var (after, error) = await changes.WriteAsync(new ConfigWriteRequest(edits) { RequireValid = true }, context, cancellationToken).ConfigureAwait(false);
            if (after is null)
                return error!;
            written = after;
        }
        return new SkillsUpdateResult { Ok = true, SkillKey = parameters.SkillKey, Config = ConfigViews.Redacted(EntryOf(written.Config, parameters.SkillKey)) };
    }

    private static ImmutableArray<ConfigEdit> EditsFor(SkillsUpdateParams parameters, JsonObject? entry)
    {
        var edits = ImmutableArray.CreateBuilder<ConfigEdit>();
        if (parameters.Enabled is { } enabled)
            edits.Add(new ConfigEdit.Set(At("enabled"), enabled));
        if (parameters.ApiKey is { } key)
            Put(["apiKey"], string.Concat(key.Where(static c => c is not ('\r' or '\n'))).Trim(), entry?.ContainsKey("apiKey") == true);
        var known = entry?["env"] as JsonObject;
        foreach (var (name, value) in parameters.Env ?? new Dictionary<string, string>())
        {
            if (name.Trim() is { Length: > 0 } trimmed)
                Put(["env", trimmed], value.Trim(), known?.ContainsKey(trimmed) == true);
        }
        if (edits.Count == 0 && entry is null)
            edits.Add(new ConfigEdit.Set(At(), new JsonObject()));
        return edits.ToImmutable();

        void Put(string[] path, string value, bool isThere)
        {
            if (value.Length > 0)
                edits.Add(new ConfigEdit.Set(At(path), value));
            else if (isThere)
                edits.Add(new ConfigEdit.Unset(At(path)));
        }

        ConfigPath At(params string[] path) => ConfigPath.Of(["skills", "entries", parameters.SkillKey, .. path]);
    }

    private static JsonObject? EntryOf(JsonObject config, string skill) => ((config["skills"] as JsonObject)?["entries"] as JsonObject)?[skill] as JsonObject;
}
