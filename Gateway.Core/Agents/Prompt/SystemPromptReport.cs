namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>What went into a run's system prompt; clients show it as the context report. Sizes are in characters.</summary>
internal sealed record SystemPromptReport
{
    public required long GeneratedAtMs { get; init; }

    public required string WorkspaceDir { get; init; }

    public required int BootstrapMaxChars { get; init; }

    public required int Chars { get; init; }

    public required int ProjectContextChars { get; init; }

    public required IReadOnlyList<InjectedFileReport> InjectedFiles { get; init; }

    public required IReadOnlyList<ToolReport> Tools { get; init; }

    public required int ToolListChars { get; init; }

    public int ToolSchemaChars => Tools.Sum(static tool => tool.SchemaChars);
}

internal sealed record InjectedFileReport(string Name, string Path, bool Missing, int RawChars, int InjectedChars, bool Truncated);

internal sealed record ToolReport(string Name, int SummaryChars, int SchemaChars, int PropertiesCount);
