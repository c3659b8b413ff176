namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>What variables that come with a command may do to it.</summary>
internal static class CallVariables
{
    /// <summary>Variables that nobody may set: each of them makes another program run, other code load, or other settings count.</summary>
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "PATHEXT", "COMSPEC", "SHELL", "HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME", "XDG_DATA_DIRS",
        "BASH_ENV", "BASHOPTS", "ENV", "IFS", "PROMPT_COMMAND", "PS4", "SHELLOPTS", "ZDOTDIR",
        "NODE_OPTIONS", "NODE_PATH", "RUBYLIB", "RUBYOPT", "GEM_HOME", "GEM_PATH", "BUNDLE_GEMFILE", "PERL5LIB", "PERL5OPT", "PERL5DB", "PERLLIB",
        "CLASSPATH", "LUA_INIT", "LUA_PATH", "LUA_CPATH", "PHPRC", "PHP_INI_SCAN_DIR", "R_PROFILE", "R_PROFILE_USER",
        "DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "RUSTC_WRAPPER", "MAKEFLAGS", "GNUMAKEFLAGS",
        "GCONV_PATH", "LOCPATH", "NLSPATH", "TERMINFO", "OPENSSL_CONF", "OPENSSL_ENGINES", "OPENSSL_MODULES", "SSLKEYLOGFILE", "CURL_HOME", "WGETRC",
        "LESSOPEN", "LESSCLOSE", "PAGER", "MANPAGER", "EDITOR", "VISUAL", "BROWSER", "RSYNC_RSH", "CVS_RSH", "HGRCPATH",
    };

    private static readonly string[] ForbiddenPrefixes = ["LD_", "DYLD_", "BASH_FUNC_", "GIT_", "SSH_", "PYTHON", "CORECLR_", "COR_", "NPM_CONFIG_", "LUA_INIT_"];

    /// <summary>Options in front of those that are seen.</summary>
    private static readonly string[] ForbiddenSuffixes = ["_OPTIONS", "_OPTS"];

    /// <summary>Exceptions from the prefixes: they say who and how, not what.</summary>
    private static readonly HashSet<string> Spared = new(StringComparer.Ordinal)
    {
        "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_DATE", "GIT_TERMINAL_PROMPT",
        "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE",
    };

    /// <summary>Variables for the language and the looks of what a program prints.</summary>
    private static readonly HashSet<string> ForLooks = new(StringComparer.Ordinal)
    {
        "LANG", "LANGUAGE", "TERM", "TZ", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "CI",
    };

    /// <summary>The names among <paramref name="variables"/> that a call may not set.</summary>
    public static IReadOnlyList<string> Refused(IEnumerable<string> variables) => [.. variables.Where(IsForbidden)];

    /// <summary>
    /// Whether a variable may come with a command that no person has seen. A list of dangerous names would never be whole, so these are
    /// the few that are known to change no program's doings.
    /// </summary>
    public static bool IsForLooks(string name, string value) =>
        (ForLooks.Contains(name) || name.StartsWith("LC_", StringComparison.Ordinal))
        // Where a value can name a file, it names one of the system's.
        && !value.StartsWith('/') && !value.StartsWith(':') && !value.Contains("..", StringComparison.Ordinal);

    private static bool IsForbidden(string name) => name.Length == 0
        || name.Contains('=', StringComparison.Ordinal)
        || name.Contains('\0', StringComparison.Ordinal)
        || Forbidden.Contains(name)
        || ForbiddenSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        || (!Spared.Contains(name) && ForbiddenPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
