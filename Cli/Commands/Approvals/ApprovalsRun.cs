using System.Text.Json;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Cli.Commands.Approvals;

/// <summary>Runs the subcommands of <c>openclaw approvals</c>.</summary>
internal sealed class ApprovalsRun(CommandContext context, bool json, ApprovalsPlace place)
{
    /// <summary>Stands for every agent.</summary>
    private const string Everyone = "*";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public async Task<int> GetAsync(CancellationToken cancellation)
    {
        if (await place.LoadAsync(cancellation).ConfigureAwait(false) is not { } file)
            return 1;
        if (place.IsHere && !json)
            await context.Out.WriteLineAsync("Showing local approvals.\n").ConfigureAwait(false);
        return await ShowAsync(file).ConfigureAwait(false);
    }

    public async Task<int> SetAsync(string? path, bool stdin, CancellationToken cancellation)
    {
        if (path is null == !stdin)
            return await context.FailAsync(path is null ? "Provide --file or --stdin." : "Use either --file or --stdin (not both).").ConfigureAwait(false);
        ExecApprovalsDocument wanted;
        try
        {
            using var input = stdin ? context.OpenInput() : new StreamReader(path!);
            var text = await input.ReadToEndAsync(cancellation).ConfigureAwait(false);
            using var document = JsonDocument.Parse(text, Lenient);
            wanted = Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync($"Failed to parse approvals JSON: {e.Message}").ConfigureAwait(false);
        }
        return await ChangeAsync(_ => wanted, cancellation).ConfigureAwait(false);
    }

    public async Task<int> AddAsync(string? agent, string pattern, CancellationToken cancellation)
    {
        if (pattern.Trim() is not { Length: > 0 } wanted)
            return await context.FailAsync("Pattern required.").ConfigureAwait(false);
        return await ChangeAsync(
            file => Listed(file, agent).Any(entry => entry.Pattern.Trim() == wanted)
                ? null
                : With(file, agent, [.. Listed(file, agent), new ExecAllowlistEntry { Pattern = wanted, LastUsedAt = context.Time.GetUtcNow().ToUnixTimeMilliseconds() }]),
            cancellation,
            "Already allowlisted.").ConfigureAwait(false);
    }

    public async Task<int> RemoveAsync(string? agent, string pattern, CancellationToken cancellation)
    {
        if (pattern.Trim() is not { Length: > 0 } unwanted)
            return await context.FailAsync("Pattern required.").ConfigureAwait(false);
        return await ChangeAsync(
            file => Listed(file, agent).Any(entry => entry.Pattern.Trim() == unwanted)
                ? With(file, agent, [.. Listed(file, agent).Where(entry => entry.Pattern.Trim() != unwanted)])
                : null,
            cancellation,
            "Pattern not found.").ConfigureAwait(false);
    }

    private async Task<int> ChangeAsync(Func<ExecApprovalsDocument, ExecApprovalsDocument?> change, CancellationToken cancellation, string otherwise = "")
    {
        if (await place.LoadAsync(cancellation).ConfigureAwait(false) is not { } before)
            return 1;
        if (place.IsHere && !json)
            await context.Out.WriteLineAsync("Writing local approvals.").ConfigureAwait(false);
        if (change(before.File) is not { } wanted)
        {
            await context.Out.WriteLineAsync(otherwise).ConfigureAwait(false);
            return 0;
        }
        if (await place.SaveAsync(wanted with { Version = 1 }, before.Hash, cancellation).ConfigureAwait(false) is not { } after)
            return 1;
        if (!json)
            await context.Out.WriteLineAsync("Target: " + place.Label).ConfigureAwait(false);
        return await ShowAsync(after).ConfigureAwait(false);
    }

    private async Task<int> ShowAsync(ExecApprovalsResult file)
    {
        await context.Out.WriteLineAsync(json ? JsonSerializer.Serialize(file, ProtocolJson.Context.ExecApprovalsResult) : ApprovalTables.Of(file, place.Label, context)).ConfigureAwait(false);
        return 0;
    }

    /// <summary>A file without a version counts as one of version 1: people write it by hand.</summary>
    private static ExecApprovalsDocument Read(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw new JsonException("it is no object");
        if (root.TryGetProperty("version", out _))
            return root.Deserialize(ProtocolJson.Context.ExecApprovalsDocument)!;
        var complete = System.Text.Json.Nodes.JsonObject.Create(root)!;
        complete["version"] = 1;
        return complete.Deserialize(ProtocolJson.Context.ExecApprovalsDocument)!;
    }

    private static IReadOnlyList<ExecAllowlistEntry> Listed(ExecApprovalsDocument file, string? agent) =>
        file.Agents?.GetValueOrDefault(KeyOf(agent))?.Allowlist ?? [];

    /// <summary>An agent about which nothing is left to say is left out.</summary>
    private static ExecApprovalsDocument With(ExecApprovalsDocument file, string? agent, IReadOnlyList<ExecAllowlistEntry> list)
    {
        var agents = new Dictionary<string, ExecApprovalsAgent>(file.Agents ?? new Dictionary<string, ExecApprovalsAgent>(), StringComparer.Ordinal);
        var changed = (agents.GetValueOrDefault(KeyOf(agent)) ?? new ExecApprovalsAgent()) with { Allowlist = list.Count == 0 ? null : list };
        if (changed == new ExecApprovalsAgent())
            agents.Remove(KeyOf(agent));
        else
            agents[KeyOf(agent)] = changed;
        return file with { Agents = agents };
    }

    private static string KeyOf(string? agent) => agent?.Trim() is { Length: > 0 } id ? id : Everyone;
}
