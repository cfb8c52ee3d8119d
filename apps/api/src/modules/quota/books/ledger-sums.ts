/**
 * What the ledger of some tenants and features adds up to, balance by balance, as SQL over a relation `scope` (tenant_id, feature_key).
 * Grants and overages, less what was voided, are what is granted, and there is no limit where the last grant is one without units. What is held is what was
 * reserved, less what was settled.
 */
export const ledgerSums = `
  select tenant_id, feature_key, window_start, origin,
    case when max(id) filter (where kind = 'grant') = max(id) filter (where kind = 'grant' and units is null) then null
      else coalesce(sum(units) filter (where kind in ('grant', 'overage', 'void')), 0) end as granted,
    coalesce(sum(units) filter (where kind in ('consume', 'commit', 'correct', 'acquire', 'give_back')), 0) as consumed,
    coalesce(sum(units) filter (where kind = 'reserve'), 0) - coalesce(sum(units) filter (where kind in ('commit', 'release', 'expire')), 0)
      as reserved
  from quota_entry join scope using (tenant_id, feature_key) group by 1, 2, 3, 4`
