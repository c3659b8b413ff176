using System.Text;

namespace OpenClaw.Cli.Terminal;

/// <summary>The terminal that standard input is.</summary>
internal sealed class KeyboardInput : ITerminalInput
{
    /// <summary>Null when nobody sits there: a pipe, a file, a service.</summary>
    public static ITerminalInput? Open() => Console.IsInputRedirected ? null : new KeyboardInput();

    public string? ReadLine(bool hidden) => hidden ? ReadHidden() : Console.ReadLine();

    private static string? ReadHidden()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return typed.ToString();
                case ConsoleKey.D when key.Modifiers is ConsoleModifiers.Control && typed.Length == 0:
                    return null;
                case ConsoleKey.Backspace:
                    typed.Length = Math.Max(0, typed.Length - 1);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                        typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
