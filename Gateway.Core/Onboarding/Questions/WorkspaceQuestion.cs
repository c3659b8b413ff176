using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Gateway.Core.Onboarding.Questions;

/// <summary>Where the agent's files are.</summary>
internal static class WorkspaceQuestion
{
    public static string Usual(OnboardingStart start) =>
        start.Environment.ExpandPath(start.Snapshot.Root.Section("agents").Section("defaults").Text("workspace")) ?? start.Environment.DefaultWorkspace;

    public static async Task<string> AskAsync(IWizardConversation conversation, OnboardingStart start, CancellationToken cancellation)
    {
        // As it is: what is shown for the home directory may be no path that could be typed.
        var usual = Usual(start);
        var typed = await conversation.TextAsync(new WizardStep(WizardStepKind.Text)
        {
            Message = "Directory of the agent's files",
            InitialValue = usual,
            Placeholder = usual,
            Validate = text => text.Length == 0 || IsUsable(start.Environment.ExpandPath(text)) ? null : "that is a file",
        }, cancellation).ConfigureAwait(false);
        return typed.Length == 0 ? usual : start.Environment.ExpandPath(typed);
    }

    private static bool IsUsable(string path) => !File.Exists(path);
}
