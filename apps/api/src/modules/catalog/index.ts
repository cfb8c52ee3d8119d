export {
  type Catalog,
  type CatalogFeature,
  type CatalogPlan,
  catalogOf,
  rememberedCatalog,
} from './catalog.ts'
export { defaultPlan, findPlan } from './find-plan.ts'
export { catalogRouter } from './router.ts'
export { seedCatalog } from './seed-catalog.ts'
