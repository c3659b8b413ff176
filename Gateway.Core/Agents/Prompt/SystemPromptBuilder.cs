using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Replies;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>Writes the system prompt. It holds no clock, so that the provider can keep it cached from turn to turn.</summary>
internal static class SystemPromptBuilder
{
    private const string Identity = "You are a personal assistant running inside OpenClaw.";

    public static (string Text, SystemPromptReport Report) Build(PromptContext context, long nowMs)
    {
        var toolList = string.Concat(context.Tools.Tools.Select(static tool => $"- {tool.Name}: {FirstSentence(tool.Description)}\n"));
        var injected = BootstrapFiles.Inject(context.Files, context.Agent.BootstrapMaxChars);
        var text = context.Request.PromptMode == PromptMode.None ? Identity : Sections(context, toolList, injected.Text);
        return (text, Report(context, nowMs, text, toolList, injected.Text, injected.Files));
    }

    private static SystemPromptReport Report(
        PromptContext context, long nowMs, string text, string toolList, string filesText, IReadOnlyList<SystemPromptFile> files)
    {
        // A prompt that is only the identity holds neither files nor a list of tools; their schemas are sent all the same.
        var isBare = context.Request.PromptMode == PromptMode.None;
        var projectChars = isBare ? 0 : filesText.Length;
        var tools = context.Tools.Tools.Select(Describe).ToList();
        return new SystemPromptReport
        {
            GeneratedAt = nowMs,
            SessionId = context.Request.Session.SessionId,
            SessionKey = context.Request.Session.SessionKey,
            WorkspaceDir = context.WorkspaceDir,
            BootstrapMaxChars = context.Agent.BootstrapMaxChars,
            Sandbox = new SystemPromptSandbox { Mode = "off", Sandboxed = false },
            SystemPrompt = new SystemPromptSize { Chars = text.Length, ProjectContextChars = projectChars, NonProjectContextChars = text.Length - projectChars },
            InjectedWorkspaceFiles = isBare ? [] : files,
            Skills = new SystemPromptSkills { PromptChars = 0, Entries = [] },
            Tools = new SystemPromptTools { ListChars = isBare ? 0 : toolList.Length, SchemaChars = tools.Sum(static tool => tool.SchemaChars), Entries = tools },
        };
    }

    private static string Sections(PromptContext context, string toolList, string files)
    {
        var full = context.Request.PromptMode == PromptMode.Full;
        var prompt = new StringBuilder();
        prompt.Append(Identity).Append('\n');
        Section(prompt, "Tooling", Tooling(toolList));
        Section(prompt, "Tool Call Style", "Call routine tools without announcing them. Say in a few words what you are about to do when it is long, unusual or cannot be undone.");
        Section(prompt, "Safety", """
            You have no aims of your own: no gaining access, influence or permanence beyond the task.
            When instructions conflict or the effect is unclear, stop and ask. Honor requests to stop or pause at once, and never work around a safeguard.
            Do not change your own prompts, safety rules or tool policy unless the user asks for exactly that.
            """);
        Section(prompt, "OpenClaw CLI Quick Reference", """
            The gateway is controlled with `openclaw gateway status`, `openclaw gateway start`, `openclaw gateway stop` and `openclaw gateway restart`.
            Use only commands you know; `openclaw help` lists them.
            """);
        prompt.Append("If you need the current date or time, use session_status.\n");
        Section(prompt, "Workspace", Workspace(context));
        if (full)
            Section(prompt, "Current Date & Time", $"Time zone: {context.TimeZone.Id}");
        Section(prompt, "Workspace Files (injected)", "The files under Project Context below are from the workspace; the user edits them.");
        if (full)
        {
            Section(prompt, "Reply Tags", """
                Begin a reply with [[reply_to_current]] to send it as an answer to the message at hand, or with [[reply_to:<id>]] to answer a certain message. The tag itself is not shown.
                To send a picture or file, write a line `MEDIA:` followed by its http(s) address or its path in the workspace as ./path.
                """);
        }
        if (context.Request.ExtraSystemPrompt is { Length: > 0 } extra)
            Section(prompt, full ? "Group Chat Context" : "Subagent Context", extra);
        if (files.Length > 0)
            prompt.Append("# Project Context\n").Append(files);
        if (full)
        {
            Section(prompt, "Silent Replies", $"When there is nothing to say, answer with {SilentReply.Token} and not one character more. It is never part of a longer answer.");
            Section(prompt, "Heartbeats", "When a message is a heartbeat poll and nothing needs attention, answer with HEARTBEAT_OK alone. When something does, say what, without that word.");
        }
        Section(prompt, "Runtime", RuntimeLine(context));
        return prompt.ToString();
    }

    private static string Tooling(string toolList) => $"""
        These tools are available. Their names are case-sensitive.
        {(toolList.Length > 0 ? toolList.TrimEnd('\n') : "- none in this conversation")}
        TOOLS.md holds the user's notes about using them; it does not add tools.
        """;

    private static string Workspace(PromptContext context)
    {
        var isNew = context.Files.Any(static file => file is { Name: AgentWorkspace.BootstrapName, Content.Length: > 0 });
        return $"Your working directory is {context.WorkspaceDir}. Treat it as the one place for your files."
            + (isNew ? "\nThis workspace is new: commit what you change in it when it is a git repository." : "");
    }

    private static string RuntimeLine(PromptContext context)
    {
        var host = context.Host;
        var parts = new List<string>
        {
            $"agent={context.Agent.AgentId}",
            $"host={host.Name}",
            $"os={host.Os} ({host.Architecture})",
            $"runtime={host.Runtime}",
            $"model={context.Model}",
            $"default_model={context.DefaultModel}",
            $"shell={host.Shell}",
        };
        if (context.Request.Channel is { } channel)
            parts.Add($"channel={channel}");
        parts.Add($"thinking={context.Thinking.ToWire()}");
        return $"Runtime: {string.Join(" | ", parts)}";
    }

    private static void Section(StringBuilder prompt, string heading, string text) =>
        prompt.Append("## ").Append(heading).Append('\n').Append(text.TrimEnd()).Append('\n');

    private static string FirstSentence(string description)
    {
        var end = description.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? description : description[..(end + 1)]).ReplaceLineEndings(" ");
    }

    private static SystemPromptTool Describe(IAgentTool tool) => new()
    {
        Name = tool.Name,
        SummaryChars = tool.Description.Length,
        // As it is sent: without the white space of the source.
        SchemaChars = ToolJson.Compact(JsonObject.Create(tool.Parameters)!).Length,
        PropertiesCount = tool.Parameters.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Count() : null,
    };
}
