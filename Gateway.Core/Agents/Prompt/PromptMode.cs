namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>How much system prompt a run gets: all of it, what a subagent needs, or the identity line alone.</summary>
internal enum PromptMode
{
    Full,
    Minimal,
    None,
}
