using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Approvals;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Remembers programs a person has allowed for good, in the file with the stored approvals.</summary>
internal sealed partial class ExecAllowlist(ExecApprovalsFile file, TimeProvider time, ILogger<ExecAllowlist> logger)
{
    /// <summary>Adds the programs of a plain command. Of any other only the one approval counts: nobody can say what to look for next time.</summary>
    public async Task AddAsync(string agentId, ExecPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Programs.Count == 0)
            return;
        try
        {
            // A file of another shape is somebody else's work; the approval of this one command still holds.
            await file.ChangeAsync(root => Insert(root, agentId, plan), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogNotKept(logger, e);
        }
    }

    private bool Insert(JsonObject root, string agentId, ExecPlan plan)
    {
        // All agents at once are the owner's to decide about.
        if (agentId == "*" || Child(root, "agents") is not { } agents || Child(agents, agentId) is not { } agent)
            return false;
        if (agent["allowlist"] is null)
            agent["allowlist"] = new JsonArray();
        if (agent["allowlist"] is not JsonArray list)
            return false;
        foreach (var program in plan.Programs.Distinct(StringComparer.Ordinal))
        {
            // As a pattern it would allow other programs too.
            if (!PathGlob.IsLiteral(program) || list.OfType<JsonObject>().Any(entry => (entry["pattern"] as JsonValue)?.ToString() == program))
                continue;
            list.Add((JsonNode)new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["pattern"] = program,
                ["lastUsedAt"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
                ["lastUsedCommand"] = plan.Command,
                ["lastResolvedPath"] = program,
            });
        }
        return true;
    }

    private static JsonObject? Child(JsonObject parent, string name)
    {
        if (parent[name] is null)
            parent[name] = new JsonObject();
        return parent[name] as JsonObject;
    }

    [LoggerMessage(EventId = 4005, Level = LogLevel.Warning, Message = "The allowlist of commands could not be written")]
    private static partial void LogNotKept(ILogger logger, Exception fault);
}
