using System.Globalization;
using System.Text;

namespace OpenClaw.Cli.Commands.Completion;

/// <summary>
/// Completion for four shells. Each walks the words typed so far along the tree of commands and offers what may follow; where nothing of ours
/// may, files are offered. No script starts the program, so that completing costs nothing.
/// </summary>
internal static class CompletionScripts
{
    public static string Write(Shell shell, IReadOnlyList<CommandWords> tree) => shell switch
    {
        Shell.Bash => Bash(tree),
        Shell.Zsh => Zsh(tree),
        Shell.Fish => Fish(tree),
        _ => PowerShell(tree),
    };

    private static string Bash(IReadOnlyList<CommandWords> tree)
    {
        var text = new StringBuilder("""
            # Completion of openclaw for bash.
            _openclaw() {
              local cur="${COMP_WORDS[COMP_CWORD]}" at="" word i words=""
              for ((i = 1; i < COMP_CWORD; i++)); do
                word="${COMP_WORDS[i]}"
                case "${at:+$at }$word" in

            """);
        text.Append(CultureInfo.InvariantCulture, $"      {string.Join('|', Paths(tree).Select(static path => $"'{path}'"))}) at=\"${{at:+$at }}$word\" ;;\n    esac\n  done\n  case \"$at\" in\n");
        foreach (var command in tree)
            text.Append(CultureInfo.InvariantCulture, $"    '{command.Path}') words='{string.Join(' ', command.Subcommands.Concat(command.Options).Select(static word => word.Text))}' ;;\n");
        return text.Append("""
              esac
              COMPREPLY=($(compgen -W "$words" -- "$cur"))
            }
            complete -o default -F _openclaw openclaw

            """).ToString();
    }

    private static string Zsh(IReadOnlyList<CommandWords> tree)
    {
        var text = new StringBuilder("""
            #compdef openclaw
            # Completion of openclaw for zsh.
            _openclaw() {
              local at="" word
              local -a items
              for word in "${(@)words[2,CURRENT-1]}"; do
                case "${at:+$at }$word" in

            """);
        text.Append(CultureInfo.InvariantCulture, $"      {string.Join('|', Paths(tree).Select(static path => $"'{path}'"))}) at=\"${{at:+$at }}$word\" ;;\n    esac\n  done\n  case \"$at\" in\n");
        foreach (var command in tree)
            text.Append(CultureInfo.InvariantCulture, $"    '{command.Path}') items=({string.Join(' ', command.Subcommands.Concat(command.Options).Select(static word => $"'{word.Text}:{word.Description}'"))}) ;;\n");
        return text.Append("""
              esac
              (( ${#items} )) && _describe 'openclaw' items
              [[ "${words[CURRENT]}" == -* ]] || _files
            }
            if (( $+functions[compdef] )); then compdef _openclaw openclaw; fi

            """).ToString();
    }

    private static string Fish(IReadOnlyList<CommandWords> tree)
    {
        var text = new StringBuilder("# Completion of openclaw for fish.\nfunction __openclaw_at\n    set -l at ''\n    for word in (commandline -opc)[2..-1]\n        set -l next (string trim \"$at $word\")\n        switch \"$next\"\n");
        text.Append(CultureInfo.InvariantCulture, $"            case {string.Join(' ', Paths(tree).Select(static path => $"'{path}'"))}\n                set at \"$next\"\n        end\n    end\n    test \"$at\" = \"$argv\"\nend\n");
        foreach (var command in tree)
        {
            foreach (var word in command.Subcommands)
                text.Append(CultureInfo.InvariantCulture, $"complete -c openclaw -f -n \"__openclaw_at '{command.Path}'\" -a '{word.Text}' -d '{word.Description}'\n");
            foreach (var word in command.Options)
            {
                var kind = word.Text.StartsWith("--", StringComparison.Ordinal) ? $"-l {word.Text[2..]}" : word.Text.Length == 2 ? $"-s {word.Text[1..]}" : $"-o {word.Text[1..]}";
                text.Append(CultureInfo.InvariantCulture, $"complete -c openclaw -n \"__openclaw_at '{command.Path}'\" {kind} -d '{word.Description}'\n");
            }
        }
        return text.ToString();
    }

    private static string PowerShell(IReadOnlyList<CommandWords> tree)
    {
        var text = new StringBuilder("# Completion of openclaw for PowerShell.\nRegister-ArgumentCompleter -Native -CommandName openclaw -ScriptBlock {\n    param($wordToComplete, $commandAst, $cursorPosition)\n    $tree = @{\n");
        foreach (var command in tree)
            text.Append(CultureInfo.InvariantCulture, $"        '{command.Path}' = @({string.Join(", ", command.Subcommands.Concat(command.Options).Select(static word => $"@('{word.Text}', '{word.Description}')"))})\n");
        return text.Append("""
                }
                $at = ''
                foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
                    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
                    $next = ($at + ' ' + $element.ToString()).Trim()
                    if ($tree.ContainsKey($next)) { $at = $next }
                }
                foreach ($word in $tree[$at]) {
                    if ($word -and $word[0] -like "$wordToComplete*") {
                        $help = if ($word[1]) { $word[1] } else { $word[0] }
                        [System.Management.Automation.CompletionResult]::new($word[0], $word[0], 'ParameterValue', $help)
                    }
                }
            }

            """).ToString();
    }

    private static IEnumerable<string> Paths(IReadOnlyList<CommandWords> tree) => tree.Select(static command => command.Path).Where(static path => path.Length > 0);
}
