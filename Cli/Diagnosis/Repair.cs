using System.Collections.Immutable;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Cli.Diagnosis;

/// <summary>What can be done about a finding without a person.</summary>
/// <param name="Description">What it does, as an order: <c>set the mode of … to 600</c>.</param>
internal abstract record Repair(string Description)
{
    /// <summary>Whether somebody has to agree first: it replaces or moves what a person made.</summary>
    public bool NeedsConsent { get; init; }

    /// <summary>A change of the configuration file. Those of all findings are written at once.</summary>
    internal sealed record Edit(string Description, ImmutableArray<ConfigEdit> Edits) : Repair(Description);

    /// <summary>Something else.</summary>
    /// <param name="Description">What it does.</param>
    /// <param name="RunAsync">Does it; returns why it could not, or null.</param>
    internal sealed record Act(string Description, Func<CancellationToken, Task<string?>> RunAsync) : Repair(Description)
    {
        /// <summary>A repair that is done at once and may fail like a file does.</summary>
        public static Act Of(string description, Action run) => new(description, _ =>
        {
            try
            {
                run();
                return Task.FromResult<string?>(null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Task.FromResult<string?>(e.Message);
            }
        });
    }
}

/// <summary>What became of a repair.</summary>
/// <param name="Finding">What was repaired.</param>
/// <param name="Done">It is repaired.</param>
/// <param name="Text">What was done, or why not.</param>
internal sealed record RepairOutcome(Finding Finding, bool Done, string Text);
