using OpenClaw.Cli.Services;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Services;

/// <summary>
/// A machine's service managers as programs on the search path: small scripts that keep their state in a directory, refuse what the real ones refuse, in
/// the same words, and write down each call.
/// </summary>
internal sealed class ServiceTools
{
    private readonly CliHome _home;
    private readonly string _bin;
    private readonly string _state;

    public ServiceTools(CliHome home)
    {
        _home = home;
        _bin = Directory.CreateDirectory(Path.Combine(home.Path, "bin")).FullName;
        _state = Directory.CreateDirectory(Path.Combine(home.Path, "manager")).FullName;
        foreach (var part in (string[])["enabled", "active", "fail"])
            Directory.CreateDirectory(Path.Combine(_state, part));
        // Nothing of the real machine: no other directory of the search path is added behind it.
        home.Variables["PATH"] = _bin;
        home.Variables["OPENCLAW_PATH_BOOTSTRAPPED"] = "1";
    }

    /// <summary>Calls so far, a line each.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Path.Combine(_state, "calls")) ? File.ReadAllLines(Path.Combine(_state, "calls")) : [];

    /// <summary>The calls that change something.</summary>
    public IReadOnlyList<string> Changes => [.. Calls.Where(static call => !call.Contains("is-enabled", StringComparison.Ordinal) && !call.Contains(" show", StringComparison.Ordinal)
        && !call.EndsWith(" status", StringComparison.Ordinal) && !call.Contains(" print ", StringComparison.Ordinal) && !call.Contains("/Query", StringComparison.Ordinal))];

    public bool IsEnabled(string unit) => File.Exists(Path.Combine(_state, "enabled", unit));

    public bool IsActive(string unit) => File.Exists(Path.Combine(_state, "active", unit));

    public void SetActive(string unit, bool active)
    {
        if (active)
            File.WriteAllText(Path.Combine(_state, "active", unit), "");
        else
            File.Delete(Path.Combine(_state, "active", unit));
    }

    /// <summary>Takes back that the manager starts it.</summary>
    public void Disable(string unit) => File.Delete(Path.Combine(_state, "enabled", unit));

    public bool Lingers => File.Exists(Path.Combine(_state, "linger"));

    public void SetLinger(bool on)
    {
        if (on)
            File.WriteAllText(Path.Combine(_state, "linger"), "");
        else
            File.Delete(Path.Combine(_state, "linger"));
    }

    /// <summary>How the manager is: <c>ok</c>, <c>no-bus</c>, <c>not-booted</c>, <c>hang</c>.</summary>
    public void Become(string mode) => File.WriteAllText(Path.Combine(_state, "mode"), mode);

    /// <summary>A command is refused with this text from now on.</summary>
    public void Refuse(string command, string text) => File.WriteAllText(Path.Combine(_state, "fail", command), text);

    /// <summary>A machine that was started by systemd, whose user is logged in.</summary>
    public ServiceTools WithSystemd(bool linger = true)
    {
        Directory.CreateDirectory(_home.Host.SystemdMark);
        Directory.CreateDirectory(Path.Combine(_home.Host.RuntimeRoot, $"{_home.UserId}"));
        _home.Host = _home.Host with { Platform = ServicePlatform.Linux };
        Become("ok");
        SetLinger(linger);
        Add("systemctl", """
            scope=system; dir="$SYSTEM"
            if [ "$1" = --user ]; then scope=user; dir="$HOME/.config/systemd/user"; shift; fi
            verb=$1; [ $# -gt 0 ] && shift
            case $(cat "$STATE/mode") in
              hang) while :; do read -r line < "$STATE/never" || :; done ;;
              not-booted)
                echo "System has not been booted with systemd as init system (PID 1). Can't operate." >&2
                echo "Failed to connect to bus: Host is down" >&2; exit 1 ;;
              no-bus) [ "$scope" = user ] && [ ! -e "$STATE/manager-up" ] && { echo "Failed to connect to bus: No medium found" >&2; exit 1; } ;;
            esac
            if [ -e "$STATE/fail/$verb" ]; then echo "$(cat "$STATE/fail/$verb")" >&2; exit 1; fi
            unit=; for word; do case $word in --*) ;; *.service) unit=$word ;; esac; done
            case $verb in
              status|daemon-reload|reset-failed) ;;
              is-enabled)
                if [ -e "$STATE/enabled/$unit" ] && [ -e "$dir/$unit" ]; then echo enabled; exit 0; fi
                [ -e "$dir/$unit" ] && { echo disabled; exit 1; }
                echo "Failed to get unit file state for $unit: No such file or directory" >&2; exit 1 ;;
              enable) [ -f "$dir/$unit" ] || { echo "Failed to enable unit: Unit file $unit does not exist." >&2; exit 1; }; : > "$STATE/enabled/$unit" ;;
              disable) [ -f "$dir/$unit" ] || { echo "Failed to disable unit: Unit file $unit does not exist." >&2; exit 1; }; rm -f "$STATE/enabled/$unit" "$STATE/active/$unit" ;;
              start|restart) [ -f "$dir/$unit" ] || { echo "Failed to restart $unit: Unit $unit not found." >&2; exit 5; }; : > "$STATE/active/$unit" ;;
              stop) [ -f "$dir/$unit" ] || { echo "Failed to stop $unit: Unit $unit not loaded." >&2; exit 5; }; rm -f "$STATE/active/$unit" ;;
              show)
                if [ -e "$STATE/active/$unit" ]; then printf 'ActiveState=active\nSubState=running\nMainPID=4242\nExecMainStatus=0\nExecMainCode=0\n'
                else printf 'ActiveState=inactive\nSubState=dead\nMainPID=0\nExecMainStatus=1\nExecMainCode=1\n'; fi ;;
              *) echo "Unknown command verb $verb." >&2; exit 1 ;;
            esac
            """);
        Add("loginctl", """
            case "$*" in
              "show-user tester -p Linger") [ -e "$STATE/fail/show-user" ] && { cat "$STATE/fail/show-user" >&2; exit 1; }
                [ -e "$STATE/linger" ] && echo Linger=yes || echo Linger=no ;;
              "--no-ask-password enable-linger tester")
                if [ -e "$STATE/fail/enable-linger" ]; then echo "$(cat "$STATE/fail/enable-linger")" >&2; exit 1; fi
                : > "$STATE/linger"; : > "$STATE/manager-up" ;;
              *) echo "Unknown command." >&2; exit 1 ;;
            esac
            """);
        return this;
    }

    /// <summary>A Mac.</summary>
    public ServiceTools WithLaunchd()
    {
        _home.Host = _home.Host with { Platform = ServicePlatform.MacOS };
        Add("launchctl", """
            verb=$1; shift
            if [ -e "$STATE/fail/$verb" ]; then echo "$(cat "$STATE/fail/$verb")" >&2; exit 5; fi
            label() { name=${1##*/}; echo "${name%.plist}"; }
            case $verb in
              print)
                case $1 in gui/*/*) ;; *) exit 0 ;; esac
                [ -e "$STATE/enabled/$(label "$1")" ] || { echo "Could not find service \"$(label "$1")\" in domain for user gui: 12345" >&2; exit 113; }
                printf '%s = {\n\tstate = running\n\tpid = 4242\n\tlast exit code = 0\n}\n' "$1" ;;
              bootstrap)
                if [ -e "$STATE/busy" ]; then rm "$STATE/busy"; echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; fi
                [ -f "$2" ] || { echo "Bootstrap failed: 5" >&2; exit 5; }; : > "$STATE/enabled/$(label "$2")" ;;
              bootout) l=$(label "${2:-$1}"); [ -e "$STATE/enabled/$l" ] || { echo "Boot-out failed: 3: No such process" >&2; exit 3; }; rm "$STATE/enabled/$l" ;;
              kickstart) [ -e "$STATE/enabled/$(label "$2")" ] || { echo "Could not find service" >&2; exit 113; } ;;
              unload|enable) ;;
              *) echo "Unrecognized subcommand: $verb" >&2; exit 64 ;;
            esac
            """);
        return this;
    }

    /// <summary>The agent that is booted out takes a moment longer than the call.</summary>
    public void StopSlowly() => File.WriteAllText(Path.Combine(_state, "busy"), "");

    /// <summary>Windows, as far as its programs go.</summary>
    public ServiceTools WithScheduledTasks()
    {
        _home.Host = _home.Host with { Platform = ServicePlatform.Windows };
        Add("schtasks", """
            verb=$1
            name=; user=; while [ $# -gt 0 ]; do case $1 in /TN) name=$2 ;; /RU) user=$2 ;; esac; shift; done
            file="$STATE/enabled/$name"
            case $verb in
              /Query) [ -z "$name" ] && exit 0
                [ -e "$file" ] || { echo "ERROR: The system cannot find the file specified." >&2; exit 1; }
                printf 'TaskName: %s\r\nStatus: Running\r\nLast Run Time: 11/21/2026 4:00:00\r\nLast Result: 0\r\n' "$name" ;;
              /Create) [ -n "$user" ] && [ -e "$STATE/fail/user" ] && { echo "ERROR: No mapping between account names and security IDs was done." >&2; exit 1; }
                [ -e "$STATE/fail/create" ] && { echo "ERROR: Access is denied." >&2; exit 1; }
                : > "$file" ;;
              /Run) [ -e "$file" ] || exit 1 ;;
              /End) [ -e "$file" ] || { echo "ERROR: The system cannot find the file specified." >&2; exit 1; } ;;
              /Delete) [ -e "$file" ] || { echo "ERROR: The specified task name does not exist." >&2; exit 1; }; rm "$file" ;;
            esac
            """);
        return this;
    }

    private void Add(string name, string body)
    {
        var path = Path.Combine(_bin, name);
        if (body.Contains("never", StringComparison.Ordinal) && !File.Exists(Path.Combine(_state, "never")))
            System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_state, "never")]).WaitForExit();
        File.WriteAllText(path, $"""
            #!/bin/sh
            STATE='{_state}'
            SYSTEM='{_home.Host.SystemUnits}'
            printf '%s\n' "{name} $*" >> "$STATE/calls"
            PATH=/usr/bin:/bin

            """ + body.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
