using System.Runtime.InteropServices;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Terminal;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>Asks somebody at the keyboard. While it does, nothing is changed, and leaving says so.</summary>
internal sealed class Interview(CommandContext context)
{
    public const string Left = "Cancelled. Nothing was changed.";

    /// <summary>What was decided; null when somebody left or declined.</summary>
    public async Task<T?> AskAsync<T>(Func<IWizardConversation, Task<T?>> questions)
        where T : class
    {
        // Ends the process as it always does, after a last line.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => context.Error.WriteLine("\n" + Left));
        try
        {
            var decided = await questions(new TerminalConversation(context.Out, context.Keyboard!)).ConfigureAwait(false);
            if (decided is null)
                await context.Error.WriteLineAsync(Left).ConfigureAwait(false);
            return decided;
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync(Left).ConfigureAwait(false);
            return null;
        }
    }
}
