namespace OpenClaw.Gateway.Core.Configuration.Reloading;

/// <summary>Why the configuration file is not in force as it is: the last good reading is.</summary>
/// <param name="Path">The file.</param>
/// <param name="Hash">Hash of its text.</param>
/// <param name="Issues">What is wrong.</param>
/// <param name="Since">When that was found out.</param>
public sealed record ConfigProblem(string Path, string Hash, IReadOnlyList<ConfigIssue> Issues, DateTimeOffset Since);
