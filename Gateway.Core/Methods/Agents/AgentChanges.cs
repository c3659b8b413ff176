using System.Collections.Immutable;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Methods.Config;
using OpenClaw.Gateway.Core.Storage;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary>What the methods that change the roster have in common: the edit of the file as it is by then, and the words in <c>IDENTITY.md</c>.</summary>
internal sealed class AgentChanges(ConfigStore configuration, ConfigChanges changes, AgentWorkspace workspaces)
{
    /// <summary>The file may change between reading and writing; the edits name places in lists and are made anew then.</summary>
    private const int Attempts = 5;

    /// <summary>Reads the file, makes the edits and writes them.</summary>
    /// <param name="edit">The edits for the file as it is, none when there is nothing to change, or the refusal.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    public async Task<(ConfigSnapshot? Written, ErrorShape? Error)> WriteAsync(
        Func<AgentEntries, (ImmutableArray<ConfigEdit> Edits, ErrorShape? Error)> edit, MethodContext context, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var snapshot = await configuration.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!snapshot.Valid)
                return (null, ErrorShape.InvalidRequest("invalid config; fix before patching"));
            var (edits, error) = edit(new AgentEntries(snapshot));
            if (error is not null || edits.IsEmpty)
                return error is null ? (snapshot, null) : (null, error);
            var request = new ConfigWriteRequest(edits) { BaseHash = snapshot.Hash, RequireValid = true };
            var outcome = await changes.WriteAsync(request, context, cancellationToken).ConfigureAwait(false);
            if (outcome.Error?.Message != ConfigWriter.ChangedMeanwhile || attempt == Attempts)
                return outcome;
        }
    }

    /// <summary>The refusal for an agent that is not there, or that only an included file names; null when the file itself has it.</summary>
    public static ErrorShape? Missing(AgentEntries entries, string agentId) =>
        !entries.Has(agentId) ? ErrorShape.InvalidRequest($"agent \"{agentId}\" not found")
        : entries.PlaceOf(agentId) is null ? ErrorShape.InvalidRequest($"agent \"{agentId}\" is in an included file; change it there")
        : null;

    /// <summary>Makes the workspace of an agent and adds lines to its <c>IDENTITY.md</c>, where the last one of a kind counts.</summary>
    public async Task IntroduceAsync(ConfigSnapshot written, string agentId, params IReadOnlyList<(string Key, string? Value)> lines)
    {
        var agent = AgentOptions.From(written.Config, agentId);
        await workspaces.EnsureAsync(agent, CancellationToken.None).ConfigureAwait(false);
        var added = string.Concat(lines.Where(static line => !string.IsNullOrWhiteSpace(line.Value)).Select(static line => $"- {line.Key}: {OneLine(line.Value!)}\n"));
        if (added.Length == 0)
            return;
        var path = Path.Combine(workspaces.DirectoryOf(agent), IdentityFile.Name);
        var before = File.Exists(path) ? await File.ReadAllTextAsync(path).ConfigureAwait(false) : "";
        await AtomicFile.WriteAsync(path, System.Text.Encoding.UTF8.GetBytes($"{before}\n{added}")).ConfigureAwait(false);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
