namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Does the work of one run, once it has its place.</summary>
internal interface IAgentTurn
{
    /// <summary>
    /// Runs the model loop to its end. Model errors are results; an exception is a defect or a broken file. Cancellation
    /// is <see cref="AgentRun.Cancellation"/>.
    /// </summary>
    Task<RunResult> ExecuteAsync(AgentRun run);

    /// <summary>Notes in the session's entry how the run ended.</summary>
    /// <exception cref="IOException">It could not be stored.</exception>
    Task RecordAsync(AgentRun run, RunResult result);
}
