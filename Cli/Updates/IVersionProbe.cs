namespace OpenClaw.Cli.Updates;

/// <summary>Finds out whether a version works on this machine, before anything depends on it.</summary>
internal interface IVersionProbe
{
    /// <summary>Why it does not, or null.</summary>
    /// <param name="directory">Its directory.</param>
    /// <param name="version">The number that it should have.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<string?> ProblemOfAsync(string directory, string version, CancellationToken cancellation);
}
