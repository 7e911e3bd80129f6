package app.ringfence.phone.screens

import app.ringfence.Action
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.LoggedCall

/** What the log says of the last days. Pure. */
object Week {
    private const val HOUR = 60 * 60 * 1000L
    private const val WEEK = 7 * 24 * HOUR

    /** How recent a call must be, in hours, to be the one that somebody asks about. */
    const val RECENT_HOURS = 6

    /** How many calls of the last seven days came in, by what was done with them. */
    fun counts(calls: List<LoggedCall>, now: Long): Map<Action, Int> = calls
        .filter { it.direction == Direction.INCOMING && now - it.at in 0..WEEK }
        .groupingBy { it.verdict.action }
        .eachCount()

    /** The latest call of a stranger that may have been answered in the last hours. */
    fun recentStranger(calls: List<LoggedCall>, now: Long): LoggedCall? = calls
        .filter { it.direction == Direction.INCOMING && now - it.at in 0..RECENT_HOURS * HOUR }
        .filter { it.verdict.action != Action.REJECT && it.verdict.category !in FRIENDS }
        .maxByOrNull { it.at }

    private val FRIENDS = setOf(Category.KNOWN, Category.ALLOWED_BY_YOU, Category.EMERGENCY)
}
